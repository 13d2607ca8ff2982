"""The sources that this counter was told of by hand: addresses of network scanners, and a folder to watch.

They stand in the same setting as the choice of the scan before (`ui.operations.scan_choice.SETTING`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.bootstrap import Application
from app.devices.scanning.escl.address import read_address
from app.store.settings import read_setting, write_setting
from ui.operations.scan_choice import SETTING

MOST_ADDRESSES = 8


@dataclass(frozen=True, slots=True)
class ByHand:
    """`folder` is "" when none was chosen; `camera` is the one used last."""

    addresses: tuple[str, ...] = ()
    folder: str = ""
    camera: str = ""


def read_by_hand(office: Application) -> ByHand:
    """From any thread."""
    with office.database.reading() as connection:
        kept = read_setting(connection, SETTING, {})
    addresses = tuple(str(each) for each in kept.get("addresses", ()))
    return ByHand(addresses, str(kept.get("folder", "")), str(kept.get("camera", "")))


def add_address(office: Application, typed: str) -> str:
    """Keep the address of a network scanner and say how it is kept. Raises `scanner_refused` when it is none."""
    address = read_address(typed)
    known = read_by_hand(office).addresses
    _keep(office, addresses=[address, *(each for each in known if each != address)][:MOST_ADDRESSES])
    return address


def remove_address(office: Application, address: str) -> None:
    _keep(office, addresses=[each for each in read_by_hand(office).addresses if each != address])


def keep_folder(office: Application, folder: str) -> None:
    """The folder to watch from now on; "" for none."""
    _keep(office, folder=folder)


def keep_camera(office: Application, camera: str) -> None:
    if read_by_hand(office).camera != camera:
        _keep(office, camera=camera)


def _keep(office: Application, **values: Any) -> None:
    with office.database.writing() as connection:
        write_setting(connection, SETTING, read_setting(connection, SETTING, {}) | values)
