"""What the window shows now, read for the guide: from the pages' own words and the bottom line, nothing kept."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from app.domain.digitised import DigitisedStatus
from app.domain.intake import PaperStatus
from ui.dialogs.why_date import WhyDate
from ui.guide.steps import Progress, Seen
from ui.main_window import MainWindow
from ui.pages.digitise.page import DigitisePage
from ui.pages.intake.form import OwnerKind, Step
from ui.pages.intake.page import IntakePage
from ui.pages.sync.page import SyncPage
from ui.practice.room import PracticeRoom
from ui.shortcuts import Place


def look(window: MainWindow, room: PracticeRoom, done: Progress, *, has_scanner: bool) -> Seen:
    """The window as it stands."""
    page, state = window.page(), window.state
    cable = room.cable
    received = max(0, state.stored - done.before)
    seen: dict[str, object] = {
        "received": received,
        "is_paper_out": received > 0 and not state.badges.get(Place.HOME, 0) and room.has_paper(),
        "is_paper_open": room.paper is not None and room.paper.is_open,
        "is_why_open": any(sheet.isVisible() for sheet in window.findChildren(WhyDate)),
        "is_plugged": room.is_plugged,
        "is_cable_moving": cable is not None and cable.is_moving,
        "has_scanner": has_scanner,
        "waiting": state.pending + state.files,
    }
    if isinstance(page, IntakePage):
        seen |= {"page": "intake", **_form(page)}
    elif isinstance(page, DigitisePage):
        seen |= {
            "page": "digitise", "pages": len(page.filing.ready()), "is_scanning": not page.intake.is_idle,
        }
    elif isinstance(page, SyncPage):
        seen["page"] = "sync"
    return Seen(**seen)  # type: ignore[arg-type]  # each value is of its field


def has_filed(page: QWidget | None) -> bool:
    """Whether the paper in front on the page of papers lies in the dossier."""
    if not isinstance(page, DigitisePage) or page.paper is None:
        return False
    return page.paper.status is DigitisedStatus.DIGITISED


def _form(page: IntakePage) -> dict[str, object]:
    form, steps = page.form(), page.steps
    is_person = form.owner_kind is OwnerKind.PERSON
    here = steps.present(Step.PERSON).field_at(QApplication.focusWidget()) if form.step is Step.PERSON else ""
    return {
        "part": form.step,
        "has_typed": bool(form.query.strip()) or steps.procedure.case_view.isVisible(),
        "has_procedure": form.procedure is not None,
        "has_person": bool(form.owner.full_name) if is_person else bool(form.organisation.name),
        "has_phone": bool(form.owner.phone if is_person else form.organisation.phone),
        "is_at_phone": here.endswith(".phone"),
        "has_papers": any(paper.status is not PaperStatus.MISSING for paper in form.papers) or not form.papers,
        "is_reading_back": page.is_reading_back,
    }
