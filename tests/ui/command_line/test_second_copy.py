"""The second copy from the command line: set up, kept before each paper, restored from."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.vietnam_time import local
from app.services.numbers import store_lease
from tests.office import AGENCIES, make_office
from tests.ui.command_line.conftest import Answer, Run
from tests.ui.command_line.test_house import receive
from ui.command_line.folder import KEYS


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of an enrolled office with numbers for the days around today."""
    office = make_office(tmp_path)
    application, today = office.application, local(datetime.now(UTC)).date()
    with application.database.writing() as connection:
        for agency in AGENCIES:
            lease = office.province.lease(agency.id, 500, 600, first=today - timedelta(days=1), days=3)
            store_lease(connection, application.enrolled, *lease)
    application.close()
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    return tmp_path / "office"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


def asked(run: Run, demo: Path, *words: object) -> Answer:
    return run("second-copy", "--data", demo, *words)


def test_from_nothing_to_a_copy_that_is_kept_before_each_paper(run: Run, demo: Path, stick: Path) -> None:
    assert asked(run, demo, "set", stick).json["reason"] == "second_copy_same_disk"
    before = asked(run, demo).json
    assert (before["place"], before["at_risk"] > -1) == (None, True)
    said = asked(run, demo, "set", stick, "--same-disk").json
    assert said["ok"] is True
    receive(run, demo, "--intent", "bản-hai-1")
    state = asked(run, demo, "state").json
    assert (state["unkept"], state["problem"], state["medium"]) == (0, None, said["medium"])
    assert asked(run, demo, "keep").json["written"] == 0
    assert asked(run, demo, "check").json == {"ok": True, "written": 0, "damaged": 0}


def test_a_stick_in_the_drawer_is_said_and_blocks_nobody(run: Run, demo: Path, stick: Path) -> None:
    asked(run, demo, "set", stick, "--same-disk")
    stick.rename(stick.with_name("drawer"))
    assert receive(run, demo, "--intent", "bản-hai-2").code == 0
    assert asked(run, demo).json["problem"] == "second_copy_missing"
    assert asked(run, demo, "keep").json["reason"] == "second_copy_missing"
    stick.with_name("drawer").rename(stick)
    assert asked(run, demo, "keep").code == 0
    assert asked(run, demo).json["problem"] is None


def test_an_older_folder_gives_no_number_and_gets_everything_back(
    run: Run, demo: Path, stick: Path, tmp_path: Path
) -> None:
    asked(run, demo, "set", stick, "--same-disk")
    older = tmp_path / "older"
    shutil.copytree(demo, older)
    receive(run, demo, "--intent", "bản-hai-3")
    asked(run, demo, "keep")
    refused = receive(run, older, "--intent", "bản-hai-4")
    assert (refused.code, refused.json["reason"]) == (1, "numbers_stopped")
    assert asked(run, older).json["numbers_stopped"] == "older_than_witness"
    assert asked(run, older, "restore").json["brought"] >= 1
    assert asked(run, older, "keep").code == 0


def test_no_place_and_no_medium_are_said(run: Run, demo: Path, tmp_path: Path) -> None:
    asked(run, demo, "off")
    assert asked(run, demo, "set").json["reason"] == "second_copy_not_set"
    assert asked(run, demo, "restore").json["reason"] == "second_copy_not_set"
    assert asked(run, demo, "set", tmp_path / "nowhere", "--same-disk").json["reason"] == "second_copy_missing"


def test_the_windows_child_says_each_try_and_ends_with_its_window(run: Run, demo: Path, stick: Path) -> None:
    asked(run, demo, "set", stick, "--same-disk")
    receive(run, demo, "--intent", "bản-hai-6")
    said = run("second-copy", "--data", demo, "--serve", stdin=b"wake\n")
    lines = [json.loads(line) for line in said.out.splitlines()]
    assert [line.get("event") for line in lines[:2]] == ["keeping", "kept"]
    assert (lines[1]["reached"], lines[1]["code"]) == ({"1": 1}, "")
    assert said.code == 0
