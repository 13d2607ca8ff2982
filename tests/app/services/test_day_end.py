"""A counter's day end lays papers, book and province side by side; what differs has a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from app.domain.day_comparison import Difference, Kind
from app.domain.day_end import Column, DayEnd
from app.domain.intake import FeeTiming
from app.domain.turn import Turn
from app.domain.vietnam_time import local
from app.services import reconcile as kept
from app.services.day_end import day_end, day_end_paper
from app.services.receipts import note_print
from tests.office import Office, office_in, sample_intake

HERE = "quay-1"


def today(office: Office) -> date:
    return local(office.clock.now()).date()


def ended(office: Office) -> DayEnd:
    with office.application.database.reading() as connection:
        return day_end(connection, office.application.enrolled, today(office))


def printed(office: Office, job: str) -> None:
    with office.application.database.writing() as connection:
        note_print(connection, job, "printed", office.clock.now())


def province_holds(office: Office, agency: str, figures: dict[str, int], *found: Difference) -> None:
    """As a comparison leaves it."""
    day = today(office)
    place = (day.isoformat(), agency, HERE)
    with office.application.database.writing() as connection:
        kept.note_comparison(connection, [day.isoformat()], {}, {place: figures}, found, office.clock.now(), day)


def test_papers_book_and_province_agree_when_all_is_done(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        received = [office.receive(sample_intake(f"f{n}")) for n in range(2)]
        received.append(office.receive(replace(sample_intake("f3"), fee_timing=FeeTiming.AFTER)))
        for each in received:
            printed(office, each.print_job)
        (line,) = ended(office).lines
        assert line.book.dossiers == 3 and line.book.money > 0 and line.there is None
        assert line.differences == ("not_compared",)
        province_holds(office, line.agency, {"received": 3, "before": line.book.money})
        said = ended(office)
    assert said.is_equal and said.compared_at == office.clock.now()


def test_a_receipt_that_never_came_out_is_named(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        first, second = (office.receive(sample_intake(f"f{n}")) for n in range(2))
        printed(office, first.print_job)
        (line,) = (said := ended(office)).lines
    assert line.papers == Column(1, line.book.money // 2)
    assert [(each.code, each.kind) for each in said.named] == [(second.dossier.code, "receipt")]
    assert "papers" in line.differences


def test_what_the_province_lacks_is_named_beside_the_sum(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        one = office.receive(sample_intake("f1"))
        printed(office, one.print_job)
        agency = ended(office).lines[0].agency
        lost = Difference(today(office).isoformat(), Kind.MISSING_THERE, one.dossier.code, Turn.PROVINCE, "lost")
        other = replace(lost, code="H47.15-261123-0400", values={"device": "quay-2"})
        province_holds(office, agency, {}, lost, other)
        said = ended(office)
        with office.application.database.reading() as connection:
            paper = day_end_paper(connection, office.application.enrolled, office.clerk, today(office),
                                  office.clock.now())
    assert [(each.code, each.turn) for each in said.named] == [(one.dossier.code, "province")]
    assert said.lines[0].differences == ("dossiers", "money")
    assert paper.end == said and paper.clerk_name == office.clerk.name


def test_a_day_that_was_not_compared_has_no_figures(tmp_path: Path) -> None:
    with office_in(tmp_path) as office, office.application.database.reading() as connection:
        assert kept.compared_day(connection, today(office).isoformat()) is None
