"""What a clerk does with citizens who must not be readable: each act through the window's own operations."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer

from app.domain.arrangement import TRAY, PlacedPage
from app.domain.digitised import PaperAbout, QualityCheck
from app.domain.held_about import HeldAbout
from app.domain.route_papers import ObstacleCause
from app.errors import Refusal
from app.services.filed_paper import filed_paper
from app.services.obstacles import About
from app.services.receive import Received
from app.services.register import books_in
from app.services.reports.asking import asking
from app.services.reports.registry import choice_of
from tests.faults import canary_words as words
from tests.faults.canary_clerk import Life, tell
from tests.office import AGENCIES
from ui.background.file_import import FileImport, Given
from ui.background.one_job import OneJob
from ui.background.page_values import Destination, Wanted
from ui.operations import (
    bundle,
    document_copies,
    file_papers,
    handover,
    held_about,
    obstacles,
    park,
    report,
    second_copy,
)
from ui.operations.desk import new_intent
from ui.operations.guidance import print_guidance
from ui.operations.pack import pack_name, write_pack_of
from ui.operations.print_cover import print_cover
from ui.operations.print_separators import print_separators
from ui.operations.receive import receive
from ui.operations.register import export_register, print_register
from ui.operations.reprint import reprint

LOOK = QualityCheck(is_complete=True, is_readable=True, is_right_person=True)


def receive_one(life: Life) -> None:
    life.number += 1
    done, refused = life.begun("receive")

    def stored(received: Received) -> None:
        life.codes.append(received.dossier.code)
        life.agencies[received.dossier.code] = agency
        life.intents[received.dossier.code] = intake.intent
        done()

    intake = words.intake(f"chim-{life.number}", life.number)
    assert intake.procedure is not None
    agency = intake.procedure.agency
    receive(life.desk, intake, life.desk.clock(), stored, refused)


def leave_draft(life: Life) -> None:
    life.number += 1
    text = words.name(life.number)
    form = {"applicant": {"full_name": text, "phone": words.phone(life.number)}, "note": words.card(life.number)}
    park.keep(life.desk, park.KeptForm(f"nháp-{life.number}", text, form, is_parked=life.dice.random() < 0.5))
    tell("draft")


def scan_and_file(life: Life) -> None:
    """Pages through the light table, then as a PDF into the dossier."""
    assert life.counter.scan_desk is not None
    if not life.intents:
        return
    desk, scans, number = life.desk, life.counter.scan_desk, life.number
    code, intent = life.dice.choice(list(life.intents.items()))
    to = Destination(intent, code, (Wanted("1", "Tờ khai yêu cầu (Mẫu thử)"),))
    intake = scans.intake_of(to)
    coming = FileImport(scans, intake)
    life.imports.append(coming)
    done, _ = life.begun("scan")

    def file(_: object) -> None:
        if intake.waiting:                         # on the light table still
            QTimer.singleShot(20, lambda: file(_))
            return
        stack = tuple(PlacedPage(page) for page in list(intake.pages)[:2])
        paper = file_papers.PaperToFile(
            "1", (stack,), PaperAbout(excerpt=f"đơn của {words.SYLLABLE}", signer=words.name(number)), LOOK,
            new_intent(desk))
        file_papers.file_papers(
            desk, scans, to, [paper], lambda *_: tell("file"), lambda _, error: tell(f"file refused: {error!r}"),
            done)

    coming.ended.connect(file)
    given = Given(f"{words.name(number)}.jpg", lambda most: words.page_picture(number))
    coming.take([given, given], TRAY)


def print_something(life: Life) -> None:
    desk, code = life.desk, life.code()
    procedure = desk.office.catalogue.procedures[0]
    ways: list[Callable[[], None]] = [
        lambda: reprint(desk, code, intent=new_intent(desk)), lambda: print_cover(desk, code),
        lambda: print_guidance(desk, procedure, procedure.cases[0], (f"giấy của {words.SYLLABLE}",)),
        lambda: print_separators(desk, Destination("x", code, (Wanted("1", words.SYLLABLE),))),
        lambda: obstacles.print_month(desk, f"{life.today().first:%Y-%m}"),
    ]
    life.dice.choice(ways)()
    tell("print")


def take_register(life: Life) -> None:
    day = life.today().first
    with life.desk.office.database.reading() as connection:
        books = books_in(connection, day, day)
    done, _ = life.begun("register")
    if life.dice.random() < 0.5:
        print_register(life.desk, books[0], day, day, done)
    else:
        export_register(life.desk, books[0], day, day, life.machine.hers, done)


def save_report(life: Life) -> None:
    """The list of persons as spreadsheet or paper."""
    desk, ending = life.desk, life.dice.choice((report.SHEET, report.PAPER))
    office = desk.office
    with office.database.reading() as connection:
        asked = asking(connection, office.enrolled, office.catalogue.agencies, life.today(), now=desk.clock(),
                       made_by="Trần Thị Thử")
        table = choice_of("register").make(connection, asked)
    target = life.machine.hers / f"so-{life.dice.randint(1, 9)}{ending}"
    report.save_table(desk, table, (), target, life.ticker, *life.begun(f"report {ending}"))


def save_pack(life: Life) -> None:
    write_pack_of(life.desk, life.today().first, life.machine.hers / pack_name(life.today().first))
    tell("pack")


def export_paper(life: Life) -> None:
    code = life.code()
    with life.desk.office.database.reading() as connection:
        try:
            paper = filed_paper(connection, code, "1")
        except Refusal:                            # most dossiers have none yet
            return
    done, refused = life.begun("export")
    document_copies.export_document(life.desk, paper, paper.versions[-1], life.machine.hers, done, refused)


def hand_over(life: Life) -> None:
    agency = life.dice.choice(AGENCIES).id
    codes = [code for code, its in life.agencies.items() if its == agency][:3]
    if not codes:
        return
    for code in codes:
        del life.agencies[code]
    leaving = handover.Leaving(agency, tuple(codes), has_control_sheets=True)
    handover.make(life.desk, leaving, intent=new_intent(life.desk), **dict(
        zip(("on_made", "on_failure"), life.begun("hand over"), strict=True)))


def note_obstacle(life: Life) -> None:
    text = f"vướng ở hồ sơ của {words.SYLLABLE} {words.phone(1)}"
    if obstacles.note(life.desk, text, ObstacleCause.CITIZEN, About(life.code()), intent=new_intent(life.desk)):
        done, _ = life.begun("obstacles")
        month = f"{life.today().first:%Y-%m}"
        obstacles.export_month(life.desk, month, life.machine.hers, done)


def look_for(life: Life) -> None:
    assert life.counter.places is not None
    life.counter.places.find(life.dice.choice((words.SYLLABLE, words.phone(3), f"0791{words.DIGITS}3")))
    tell("search")


def open_dossier(life: Life) -> None:
    assert life.counter.places is not None
    life.counter.places.open_dossier(life.code())
    tell("open")


def back_up(life: Life) -> None:
    data = ["--steps", "--data", str(life.machine.data.root)]
    start_job(life, ["rehearse" if life.dice.random() < 0.3 else "backup", *data])


def start_job(life: Life, arguments: list[str]) -> None:
    """A helper process of the program's own; one at a time."""
    if not any(each.is_going for each in life.jobs):
        job = OneJob(arguments)
        life.jobs = [job]
        job.ended.connect(lambda answer: tell(f"{arguments[0]} {answer.get('ok')}"))
        job.start()


def make_bundle(life: Life) -> None:
    bundle.make_bundle(life.desk, life.machine.medium, 1 << 20, *life.begun("bundle"))


def check_medium(life: Life) -> None:
    second_copy.check_whole(life.desk, *life.begun("medium"))


def report_on_person(life: Life) -> None:
    """All that is held about one of them, on paper or as a file."""
    done, refused = life.begun("person")

    def found(report_: HeldAbout) -> None:
        if life.dice.random() < 0.5:
            held_about.print_held(life.desk, report_)
        else:
            held_about.save_held(life.desk, report_, life.machine.hers)
        done()

    held_about.find_held(life.desk, f"0791{words.DIGITS}{life.dice.randint(0, 9)}", f"hỏi cho {words.SYLLABLE}",
                         new_intent(life.desk), found, refused)


def support_bundle(life: Life) -> None:
    start_job(life, ["support-bundle", "--to", str(life.machine.medium), "--data", str(life.machine.data.root)])


def err(life: Life) -> None:
    """What nobody foresaw, with a citizen's name in its words."""
    def work() -> None:
        raise ValueError(f"{words.name(1)} {words.phone(1)}")

    life.desk.background.run(work)
    tell("err")


ACTS: dict[Callable[[Life], None], int] = {
    receive_one: 30, leave_draft: 3, scan_and_file: 4, print_something: 6, take_register: 3, save_report: 5,
    save_pack: 1, export_paper: 3, hand_over: 2, note_obstacle: 1, look_for: 2, open_dossier: 1, back_up: 1,
    make_bundle: 1, check_medium: 1, report_on_person: 2, support_bundle: 1, err: 1,
}
