"""The machine's own test at the counter: in a process of its own, a page printed to be scanned back, a sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.loop_code import loop_code
from app.domain.self_check import Checked
from app.domain.support_papers import LoopPage, SelfCheckSheet
from app.errors import KnownError, Refusal
from app.own_program import installed_facts
from app.practice import is_practice
from app.services.support.last_check import note_check
from app.services.support.standing import machine_standing
from app.store.settings import read_setting
from app.whole_file import whole_file
from ui.background.one_job import OneJob
from ui.models.self_check_words import NAMES, STATES, told
from ui.operations.desk import Desk
from ui.operations.print_receipt import SETTING, how_printed, put_on_paper
from ui.support_sign import SupportSign, slips_of
from ui.translations import tr

if TYPE_CHECKING:
    from app.bootstrap import Application

SLIP = "receipt"
"""Test and sheet go where receipts go: that printer is the one that is tried."""


def check_job(office: Application) -> OneJob:
    """The check of every part; not started."""
    return OneJob(["self-check", "--steps", "--data", str(office.folder.root)])


def bundle_job(folder: Path, target: Path) -> OneJob:
    """The support bundle, also where no office is open; not started."""
    return OneJob(["support-bundle", "--to", str(target), "--data", str(folder)])


def sign_at(desk: Desk) -> SupportSign:
    """What makes the support code of this machine, as it stands now."""
    office = desk.office
    sign = SupportSign(slips_of(office.folder), installed_facts().get("version", ""), desk.clock, is_practice())
    if office.counter is not None:
        with office.database.reading() as connection:
            sign.stand(machine_standing(connection, office.counter, office.folder.root, desk.clock()))
    return sign


def keep_found(desk: Desk, found: Sequence[Checked]) -> None:
    """Remember it for the card of Quản trị."""
    with desk.office.database.writing() as connection:
        note_check(connection, found, desk.clock())


def print_loop_page(
    desk: Desk, on_printed: Callable[[str], object], on_failure: Callable[[Exception], object]
) -> None:
    """A page with bars of its own; `on_printed` is told what they say."""
    office = desk.office
    page = LoopPage(
        office.enrolled.paper_head.unit, office.enrolled.name, desk.clock(),
        loop_code(int.from_bytes(office.randomness(2), "big") % 10_000),
    )

    def work() -> str:
        from app.printing.support_sheets import render_loop_page

        _put(desk, "trang-thu", lambda size: render_loop_page(page, size=size))
        return page.code

    desk.background.run(work, on_printed, on_failure)


def check_sheet(desk: Desk, found: Sequence[Checked], support_code: str) -> SelfCheckSheet:
    """The paper of what was found."""
    from app.domain.support_papers import SheetLine

    counter, now = desk.office.enrolled, desk.clock()
    lines = []
    for each in found:
        said = told(each, now, desk.language())
        lines.append(SheetLine(tr(NAMES[each.part]), tr(STATES[each.state][0]), said.meaning, said.press))
    version = installed_facts().get("version") or tr("chạy từ mã nguồn")
    return SelfCheckSheet(counter.paper_head.unit, counter.name, now, version, support_code, tuple(lines))


def print_sheet(
    desk: Desk, sheet: SelfCheckSheet, on_printed: Callable[[None], object],
    on_failure: Callable[[Exception], object],
) -> None:
    def work() -> None:
        from app.printing.support_sheets import render_self_check

        _put(desk, "tu-kiem-tra", lambda size: render_self_check(sheet, size=size))

    desk.background.run(work, on_printed, on_failure)


def save_sheet(
    desk: Desk, sheet: SelfCheckSheet, target: Path, on_saved: Callable[[Path], object],
    on_failure: Callable[[Exception], object],
) -> None:
    """As a PDF, where no printer works. Fails with `file_unwritable` (file)."""
    def work() -> Path:
        from app.printing.support_sheets import render_self_check

        try:
            with whole_file(target) as file:
                file.write(render_self_check(sheet))
        except OSError as error:
            raise Refusal("file_unwritable", file=target.name) from error
        return target

    desk.background.run(work, on_saved, on_failure)


def refused(answer: Mapping[str, object]) -> KnownError:
    """What a job's answer says stood in its way."""
    return Refusal(str(answer.get("reason") or "support_bundle_failed"), **{
        name: value for name, value in answer.items() if name not in ("ok", "reason")})


def _put(desk: Desk, name: str, render: Callable[[str], bytes]) -> None:
    with desk.office.database.reading() as connection:
        size, _ = how_printed(read_setting(connection, SETTING, {}), SLIP)
    put_on_paper(desk, name, render(size), SLIP, 1)
