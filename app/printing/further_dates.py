"""The dates below the promised one: each agency's own in an inter-agency procedure, and the second stage's."""

from __future__ import annotations

from app.domain.papers import LegLine, StageLine
from app.domain.vietnamese_dates import clock_and_date
from app.printing.fields import put_field
from app.printing.flow import LEADING, Flow
from app.printing.fonts import BOLD, ROMAN
from app.printing.forms import Form


def put_legs(flow: Flow, form: Form, legs: tuple[LegLine, ...]) -> None:
    """One line for each agency, in the order in which the dossier goes; nothing when there is only one."""
    if not legs:
        return
    words = form.words
    flow.text([(words["legs"], ROMAN)], flow.paper.body, align="both")
    for leg in legs:
        label = words["leg_own" if leg.is_own else "leg"].format(agency=leg.agency_name, time=leg.processing_time)
        due = words["leg_due"].format(due=clock_and_date(leg.due_at)) if leg.due_at else words["leg_no_due"]
        flow.text([(label, ROMAN), (" " + due, BOLD if leg.is_own else ROMAN)], flow.paper.body, align="both")
    flow.skip(flow.paper.gap)


def put_second_stage(flow: Flow, form: Form, stage: StageLine | None) -> None:
    """Both lines of the form's giai đoạn 2; its reception stays open to write until it is known."""
    if stage is None:
        return
    words = form.words
    flow.need(2 * (flow.paper.body * LEADING + flow.paper.gap))
    put_field(flow, words["stage_received"], clock_and_date(stage.received_at) if stage.received_at else "")
    said = clock_and_date(stage.due_at) if stage.due_at else words["stage_time"].format(time=stage.processing_time)
    put_field(flow, words["stage_due"], said)
