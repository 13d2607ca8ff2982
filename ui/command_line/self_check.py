"""`python -m app self-check`: how each part of this machine stands, as the page Tự kiểm tra shows it.

    {"event": "step", "part": "disk", "done": 2, "of": 9}           before each part
    {"event": "step", "checked": {"part": "disk", "state": "good", …}}
    {"ok": true, "parts": […]}                                      the answer; not ok when a part is bad

Steps only with `--steps`. Nothing is printed on paper and nothing is sent; what a page must come out for is tried
in the window.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from app.bootstrap import Application
from app.devices.pdf_folder_printer import PdfFolderPrinter
from app.devices.printer import Printer
from app.domain.self_check import Checked, Part, State
from app.errors import EnvironmentFault, KnownError
from app.services.support.parts import check_backup, check_book, check_clock, check_disk, check_recovery
from app.store.settings import read_setting
from sync.support.parts import check_gateway, check_medium
from ui.command_line.answer import Said
from ui.command_line.folder import opened

Look = Callable[[], Checked]


def self_check(said: Said) -> Mapping[str, Any]:
    """Look at every part; one that cannot be looked at says so and hides no other."""
    found: list[Checked] = []
    with opened(said) as office:
        looks = tuple(looks_of(office))
        for number, (part, look) in enumerate(looks):
            if said.steps:
                _say({"event": "step", "part": part, "done": number, "of": len(looks)})
            checked = look_at(part, look)
            found.append(checked)
            if said.steps:
                _say({"event": "step", "checked": checked.to_json()})
    is_good = all(each.state is not State.BAD for each in found)
    return {"ok": is_good, **({} if is_good else {"reason": "self_check_bad"}),
            "parts": [each.to_json() for each in found]}


def looks_of(office: Application) -> Iterator[tuple[Part, Look]]:
    """Part by part; what may take long comes last."""
    database, now = office.database, office.clock.now()
    yield Part.BOOK, partial(check_book, database, now)
    yield Part.BACKUP, partial(check_backup, database, office.folder.backups, now)
    yield Part.DISK, partial(check_disk, office.folder.root, time.monotonic)
    yield Part.CLOCK, partial(_with_book, office, lambda connection: check_clock(connection, now))
    yield Part.RECOVERY, partial(
        _with_book, office, lambda connection: check_recovery(connection, office.counter, office.book_key))
    yield Part.PRINTER, partial(check_printer, office)
    if office.counter is not None:
        yield Part.MEDIUM, partial(check_medium, database, office.counter)
        yield Part.GATEWAY, partial(check_gateway, database, office.counter)
    yield Part.SCANNER, partial(check_scanner, office)


def check_printer(office: Application) -> Checked:
    """The printer that receipts go to, as the system says it stands; nothing is printed."""
    from ui.paper_printer import SETTING, PaperPrinter

    with office.database.reading() as connection:
        chosen = read_setting(connection, SETTING, {})
    port: Printer = PaperPrinter(office).port(str(chosen.get("way", "")))
    if isinstance(port, PdfFolderPrinter):
        return Checked(Part.PRINTER, State.OPEN, "files")
    known = port.list_printers()
    queue = str(chosen.get("receipt", ""))
    mine = next((each for each in known if (each.name == queue if queue else each.is_default)), None)
    if mine is None:
        return Checked(Part.PRINTER, State.BAD, "unknown" if queue else "no_default")
    if mine.trouble is not None:
        return Checked(Part.PRINTER, State.BAD, "trouble", {"code": mine.trouble.value})
    return Checked(Part.PRINTER, State.GOOD, "ready")


def check_scanner(office: Application) -> Checked:
    """Which scanners answer; takes as long as the slowest kind of them, at most half a minute."""
    from app.devices.scanning.run import look_for_sources
    from ui.operations.scan_sources import read_by_hand

    found = look_for_sources(addresses=read_by_hand(office).addresses)
    if found.sources:
        return Checked(Part.SCANNER, State.GOOD, "there", {"count": len(found.sources)})
    codes = {trouble.code for _, trouble in found.troubles} - {"scanner_none_installed"}
    if codes:
        return Checked(Part.SCANNER, State.WARN, "trouble", {"code": min(codes)})
    return Checked(Part.SCANNER, State.OPEN, "none")


def _with_book(office: Application, look: Callable[[Any], Checked]) -> Checked:
    with office.database.reading() as connection:
        return look(connection)


def look_at(part: Part, look: Look) -> Checked:
    """The part; what keeps it from being looked at is said instead."""
    try:
        return look()
    except KnownError as error:
        state = State.BAD if isinstance(error, EnvironmentFault) else State.WARN
        return Checked(part, state, "trouble", {"code": error.code})


def _say(line: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()
