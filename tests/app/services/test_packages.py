from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.domain.catalogue_codec import dump_catalogue, load_catalogue
from app.errors import Refusal
from app.paths import resource
from app.services.packages import active_package, install_package, packages
from tests.office import MORNING, Office, office_in, sample_catalogue, sample_intake


def text_of(version: str) -> str:
    return dump_catalogue(replace(sample_catalogue(), version=version))


def install(office: Office, connection: Connection, version: str, text: str | None = None,
            expected_sha256: str | None = None) -> bool:
    office.clock.advance(timedelta(minutes=1))
    return install_package(
        connection, "catalogue", version, "2026-01-01", text_of(version) if text is None else text,
        office.clock.now(), expected_sha256=expected_sha256,
    )


def active(connection: Connection) -> str:
    text = active_package(connection, "catalogue")
    assert text is not None
    return load_catalogue(text).version


def test_a_package_is_switched_to_and_its_predecessors_are_kept_to_fall_back_on(tmp_path: Path) -> None:
    with office_in(tmp_path) as office, office.application.database.writing() as connection:
        assert [install(office, connection, f"thử-{n}") for n in range(2, 7)] == [True] * 5
        held = [(line.version, line.is_active) for line in packages(connection) if line.kind == "catalogue"]
        assert held == [("thử-6", True), ("thử-5", False), ("thử-4", False)]
        assert active(connection) == "thử-6"


def test_the_same_package_again_changes_nothing(tmp_path: Path) -> None:
    with office_in(tmp_path) as office, office.application.database.writing() as connection:
        assert install(office, connection, "thử-2")
        before = packages(connection)
        assert not install(office, connection, "thử-2")
        assert packages(connection) == before


BROKEN = (
    "", "{", "[]", "null", '{"version": "x"}', text_of("thử-9")[:-200],
    text_of("thử-9").replace('"working_day"', '"fortnight"'),
)


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_package_never_becomes_the_active_one(tmp_path: Path, text: str) -> None:
    with office_in(tmp_path) as office:
        with pytest.raises(Refusal), office.application.database.writing() as connection:
            install(office, connection, "thử-9", text)
        with office.application.database.reading() as connection:
            assert active(connection) == "thử-1"
        assert office.application.reread().catalogue.version == "thử-1"


def test_other_bytes_than_promised_are_refused(tmp_path: Path) -> None:
    with office_in(tmp_path) as office, office.application.database.writing() as connection:
        with pytest.raises(Refusal, match="package_damaged"):
            install(office, connection, "thử-2", expected_sha256="0" * 64)
        right = hashlib.sha256(text_of("thử-2").encode()).hexdigest()
        assert install(office, connection, "thử-2", expected_sha256=right)


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    with (
        office_in(tmp_path) as office, office.application.database.writing() as connection,
        pytest.raises(Refusal, match="package_kind_unknown"),
    ):
        install_package(connection, "bảng-giá", "1", "2026-01-01", "{}", MORNING)


def test_a_dossier_keeps_the_catalogue_it_was_received_under(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        before = office.receive(sample_intake("a")).dossier
        with office.application.database.writing() as connection:
            install(office, connection, "thử-2")
        again = office.receive(sample_intake("a")).dossier
    assert before == again
    assert before.intake.procedure is not None and before.intake.procedure.catalogue_version == "thử-1"


def test_a_calendar_package_changes_the_rules_after_rereading(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        shipped = json.loads(resource("calendar", "vn.json").read_text(encoding="utf-8"))
        text = json.dumps({**shipped, "version": "thử-lịch"})
        with office.application.database.writing() as connection:
            install_package(connection, "calendar", "thử-lịch", "2026-01-01", text, MORNING)
        assert office.application.rules.calendar.version == shipped["version"]
        assert office.application.reread().rules.calendar.version == "thử-lịch"
