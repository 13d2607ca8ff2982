"""Settings of the machine: whoever may handle devices changes them, unless the province keeps them for itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import KnownError
from app.services.machine_settings import keep_machine_settings
from app.services.second_copy import chosen
from sync.second_copy.disk import MediumDisk
from tests.office import Office
from tests.people import grant
from tests.ui.dossier.desk import make_desk
from ui.operations import first_run, second_copy
from ui.operations.allowed import require_setting
from ui.operations.check_scans import check_stored_scans

NAMES = ("printers", "scanning", "byte_window", "second_copy")
ROLES = {"nv-1": ["intake"], "nv-2": ["shift_lead"], "nv-3": ["catalogue_admin"]}


def lock(office: Office, *names: str) -> None:
    with office.application.database.writing() as connection:
        keep_machine_settings(connection, {}, names)


def code_of(act: Callable[[], object]) -> str:
    try:
        act()
    except KnownError as error:
        return error.code
    return ""


@pytest.mark.parametrize(("clerk", "has_sign_in", "is_locked", "said"), [
    ("nv-1", False, False, ""), ("nv-1", False, True, "setting_locked"),
    ("nv-1", True, False, "act_not_allowed"), ("nv-1", True, True, "setting_locked"),
    ("nv-2", True, False, ""), ("nv-2", True, True, "setting_locked"),
    ("nv-3", True, False, ""), ("nv-3", True, True, ""),
])
def test_who_may_change_a_setting(
    clerk: str, has_sign_in: bool, is_locked: bool, said: str, office: Office, qapp: object,
) -> None:
    if has_sign_in:
        grant(office, ROLES)
    lock(office, *(NAMES if is_locked else ()))
    desk, _ = make_desk(office, clerk)
    assert {name: code_of(lambda name=name: require_setting(desk, name)) for name in NAMES} == dict.fromkeys(
        NAMES, said)


def test_the_offices_own_words_lock_too(office: Office, qapp: object) -> None:
    counter = office.application.enrolled
    office.application.counter = replace(counter, office={**counter.office, "lock": ["printers"]})
    desk, _ = make_desk(office)
    assert code_of(lambda: require_setting(desk, "printers")) == "setting_locked"
    assert code_of(lambda: require_setting(desk, "scanning")) == ""


def test_a_locked_medium_and_printer_stay_what_they_were(
    office: Office, qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(MediumDisk, "is_same_disk", lambda *_: False)
    stick = tmp_path / "stick"
    stick.mkdir()
    desk, _ = make_desk(office)

    def choose() -> list[str]:
        said: list[str] = []
        second_copy.choose_place(desk, stick, lambda: said.append(""), lambda error: said.append(code(error)))
        return said

    lock(office, "second_copy", "printers")
    assert choose() == ["setting_locked"] and list(stick.iterdir()) == []
    assert code_of(lambda: first_run.choose_printer(desk, "Máy in Mẫu")) == "setting_locked"
    assert first_run.chosen_printer(desk) == ""
    lock(office)
    assert choose() == [""]
    lock(office, "second_copy")
    said: list[str] = []
    second_copy.give_up(desk, lambda: said.append(""), lambda error: said.append(code(error)))
    with office.application.database.reading() as connection:
        assert said == ["setting_locked"] and chosen(connection) is not None


def test_a_check_that_is_asked_for_needs_the_right_to_it_the_night_does_not(office: Office, qapp: object) -> None:
    grant(office, ROLES)
    said = {clerk: warned(office, clerk) for clerk in ROLES}
    assert said == {"nv-1": True, "nv-2": False, "nv-3": False}
    desk, around = make_desk(office, "nv-1")
    check_stored_scans(desk, is_asked=False)
    assert around.frame.warnings == []


def warned(office: Office, clerk: str) -> bool:
    desk, around = make_desk(office, clerk)
    check_stored_scans(desk)
    return any("act_not_allowed" in detail for _, _, detail in around.frame.warnings)


def code(error: Exception) -> str:
    assert isinstance(error, KnownError)
    return error.code

