"""The practice office: its folder, its book, its province. All calls may take seconds: not for the GUI thread."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from app.domain.catalogue_codec import load_catalogue
from app.errors import EnvironmentFault
from app.paths import DataFolder, own_data_folder, resource
from app.practice import OFFICE, TOP, clear_folder, mark_folder
from app.services.courier import move_gateway
from app.store.hold import BookHold
from app.store.keys import find_key
from app.store.settings import write_setting
from sync.client import GatewayClient
from sync.enrol import enrol_counter
from sync.gateway.process import GatewayFailed, GatewayProcess
from ui.command_line.folder import key_places, open_folder
from ui.demo_office import office_file
from ui.paper_printer import SETTING as PRINTERS

COUNTER = "Quầy luyện tập"
_LEVEL_ONE = re.compile(r"\b[A-Z][0-9]{2}\b")


def practice_folder() -> DataFolder:
    """This account's practice folder: beside its real one, never inside it."""
    own = own_data_folder().root
    return DataFolder(own.with_name(f"{own.name}-luyen-tap"))


def province_folder(folder: DataFolder) -> Path:
    return folder.root / "province"


def open_practice(folder: DataFolder) -> GatewayProcess:
    """Make the office where there is none, and start its province; the book knows its address then.

    Raises EnvironmentFault `real_book` for a folder that is no practice folder, `practice_not_ready`.
    """
    mark_folder(folder.root)
    province = GatewayProcess(province_folder(folder), is_held=True)
    try:
        province.start()
        _settle(folder, province)
    except GatewayFailed as failed:
        province.stop()
        raise EnvironmentFault("practice_not_ready", reason=_reason(failed)) from failed
    except BaseException:
        province.stop()
        raise
    return province


def begin_anew(folder: DataFolder) -> None:
    """Forget everything that was practised. Raises `real_book`, `book_in_use`."""
    mark_folder(folder.root)
    hold = BookHold(folder.database)
    try:
        hold.take_alone()
        try:
            witness = find_key(folder.database, *key_places()).witness
        except EnvironmentFault:                   # no book was ever made here
            witness = None
        clear_folder(folder.root)
        if witness is not None:                    # they would remember a book that is gone
            for kind in (".witness", ".tries", ".seal", ".seals"):
                witness.with_suffix(kind).unlink(missing_ok=True)
    finally:
        hold.close()


def practice_catalogue() -> str:
    """The catalogue that is shipped, with identifiers that no agency has: so have the codes."""
    data: dict[str, Any] = json.loads(resource("catalogue", "starter.json").read_text(encoding="utf-8"))
    data["version"] = f"luyen-tap-{data['version']}"
    for agency in data["agencies"]:
        agency["identifiers"] = [_LEVEL_ONE.sub(TOP, each) for each in agency["identifiers"]]
    return json.dumps(data, ensure_ascii=False)


def practice_office_file() -> dict[str, Any]:
    """The office as its province's operator would write it."""
    office = office_file(load_catalogue(practice_catalogue()))
    return office | {
        "id": OFFICE, "name": "Điểm tiếp nhận luyện tập", "sign_in": False, "counters": [COUNTER],
        "superior": "UBND TỈNH MẪU (LUYỆN TẬP)", "unit": "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG (LUYỆN TẬP)",
    }


def _settle(folder: DataFolder, province: GatewayProcess) -> None:
    office = open_folder(folder)
    try:
        if office.counter is None:
            _publish(province)
            code = province.mint_code(OFFICE, COUNTER)
            with GatewayClient(province.url) as client:
                enrol_counter(
                    office.database, client, province.url, code, device_name="luyen-tap", clock=office.clock
                )
            with office.database.writing() as connection:
                write_setting(connection, PRINTERS, {"way": "pdf"})
        else:
            with office.database.writing() as connection:
                move_gateway(connection, province.url)
    finally:
        office.close()


def _publish(province: GatewayProcess) -> None:
    catalogue = practice_catalogue()
    known = load_catalogue(catalogue)
    province.add_office(practice_office_file())
    shown = province.data / "catalogue.json"
    shown.write_text(catalogue, encoding="utf-8")
    calendar = resource("calendar", "vn.json")
    dated = str(json.loads(calendar.read_text(encoding="utf-8"))["version"])
    for kind, file, version in (("catalogue", shown, known.version), ("calendar", calendar, dated)):
        province.operate(
            "import-package", "--kind", kind, "--version", version, "--valid-from", known.valid_from.isoformat(),
            str(file),
        )


def _reason(failed: GatewayFailed) -> str:
    said = failed.args[0] if failed.args else {}
    return str(said.get("reason") or said.get("exit") or "?") if isinstance(said, dict) else str(said)
