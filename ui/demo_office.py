"""A ready office to try everything on: a counter enrolled with a province of its own, both in one folder.

The province is the real gateway on a SQLite file, started as a process on a loopback port; nothing is
shortened. The office says on each of its papers that it is a trial office.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.bootstrap import Application
from app.domain.procedure import Catalogue
from app.paths import DataFolder, remember_data_folder, resource
from app.services.courier import Gateway, gateway_of, move_gateway
from app.store.settings import read_setting, write_setting
from sync.client import GatewayClient
from sync.enrol import enrol_counter
from sync.gateway.process import GatewayProcess
from ui.command_line.folder import open_folder, open_for_command

COUNTER = "Quầy 3"


def province_folder(folder: DataFolder) -> Path:
    return folder.root / "province"


def make_demo_office(folder: DataFolder, *, is_remembered: bool = True) -> None:
    """Enrol a counter in `folder` with a province of its own; nothing happens when it is enrolled already.

    `is_remembered`: commands that name no folder mean this one from now on.
    """
    office = open_folder(folder)
    try:
        if office.counter is not None:
            return
        with GatewayProcess(province_folder(folder)) as province:
            _publish(province, office.catalogue)
            code = province.mint_code(office_file(office.catalogue)["id"], COUNTER)
            with GatewayClient(province.url) as client:
                enrol_counter(
                    office.database, client, province.url, code, device_name="demo", clock=office.clock
                )
        with office.database.writing() as connection:
            write_setting(connection, "is_demo", True)
    finally:
        office.close()
    if is_remembered:
        remember_data_folder(folder)


@contextmanager
def open_or_make_office(folder: DataFolder) -> Iterator[Application]:
    """The office in `folder`; a folder without one becomes a demo office, which its papers say aloud."""
    if not folder.database.exists():
        make_demo_office(folder)
    office = open_for_command(folder)
    try:
        yield office
    finally:
        office.close()


@contextmanager
def line_to_demo_gateway(office: Application) -> Iterator[GatewayProcess | None]:
    """Keep a demo office's own province running inside the block; a real office's line is left as it is."""
    with office.database.reading() as connection:
        is_demo = bool(read_setting(connection, "is_demo", default=False))
        held = gateway_of(connection)
    if not is_demo or held is None or _is_running(held):
        yield None
        return
    with GatewayProcess(province_folder(office.folder)) as province:
        with office.database.writing() as connection:
            move_gateway(connection, province.url)
        yield province


@contextmanager
def running_province(folder: DataFolder) -> Iterator[GatewayProcess | None]:
    """The demo office's own province, running while the block does."""
    office = open_folder(folder)
    try:
        with line_to_demo_gateway(office) as province:
            yield province
    finally:
        office.close()


def _is_running(gateway: Gateway) -> bool:
    with GatewayClient(gateway.url) as client:
        return client.is_there()


def _publish(province: GatewayProcess, catalogue: Catalogue) -> None:
    province.add_office(office_file(catalogue))
    for kind, file, version in (
        ("catalogue", resource("catalogue", "starter.json"), catalogue.version),
        ("calendar", resource("calendar", "vn.json"), _calendar_version()),
    ):
        province.operate(
            "import-package", "--kind", kind, "--version", version,
            "--valid-from", catalogue.valid_from.isoformat(), str(file),
        )


def office_file(catalogue: Catalogue) -> dict[str, Any]:
    """The demo office as its province's operator would write it, with the agencies of the catalogue."""
    office: dict[str, Any] = json.loads(resource("demo", "office.json").read_text(encoding="utf-8"))
    settling = {procedure.agency for procedure in catalogue.procedures}
    office["agencies"] = [
        {"id": agency.id, "name": agency.name, "code": agency.identifiers[0]}
        for agency in catalogue.agencies
        if agency.id in settling
    ]
    return office


def _calendar_version() -> str:
    return str(json.loads(resource("calendar", "vn.json").read_text(encoding="utf-8"))["version"])
