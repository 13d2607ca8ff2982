"""A bundle for support as it is typed: everything of the machine in it, nobody of the office's citizens."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from app.bootstrap import open_application
from app.domain.self_check import Checked, Part, State
from app.paths import DataFolder
from app.services.second_copy import PROVINCE_KEY
from app.store.settings import write_setting
from app.store.tables import metadata
from sync.contract.support_bundle import MOST_BYTES
from sync.contract.support_shape import SHAPE
from sync.gateway import support_command
from sync.gateway.province import load_seal
from sync.support.bundle import keep_key
from tests.app.store.older_books import back_to_0005
from tests.office import make_office
from tests.ui.dossier.stories import STORIES
from ui.command_line import self_check
from ui.command_line.folder import KEYS
from ui.launch import main

_DIGEST = re.compile(r"[0-9a-f-]{32,}")
SCAN = "sane:Máy quét nhà Bà Hồng Hạc"
_PERSONAL = re.compile(r".*(?:[^\x00-\x7f]|[0-9]{9}| ).*", re.DOTALL)
"""Letters with marks, nine digits in a row, or more than one word: what a citizen's data looks like."""


def leaves(value: Any) -> Iterator[str]:
    """Every text in a value, also inside JSON that stands in a text."""
    if isinstance(value, dict):
        for name, inside in value.items():
            yield from leaves(name)
            yield from leaves(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from leaves(inside)
    elif isinstance(value, str):
        if value[:1] in ("[", "{", '"'):
            try:
                yield from leaves(json.loads(value))
                return
            except ValueError:
                pass
        yield value


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, frozenset[str]]:
    """An office where much has happened, with its province; every text in its book that could be a citizen's."""
    root = tmp_path_factory.mktemp("busy")
    office = make_office(root)
    STORIES["twenty"](office)
    STORIES["trouble"](office)
    application = office.application
    reader = load_seal(_made(root / "province-key")).opening_key.public_key().public_bytes_raw()
    with application.database.writing() as connection:
        write_setting(connection, PROVINCE_KEY, reader.hex())
        write_setting(connection, "scanning", {"addresses": [SCAN], "folder": "/home/Bà Hồng Hạc/quét"})
    with application.database.reading() as connection:
        texts = {text for table in metadata.sorted_tables for row in connection.execute(select(table))
                 for text in leaves([each for each in row if isinstance(each, str)])}
    keep_key(application.folder, application.database, application.enrolled)
    folder = application.folder
    application.close()
    (folder.log).write_text(
        "2026-11-22T13:00:01+07:00 ERROR ui.counter_window:393 KeyError app.services.receive:88\n"
        "2026-11-22T13:00:02+07:00 ERROR ui.counter_window:393 KeyError('Bà Hồng Hạc 079123456789')\n"
        "Traceback: Bà Hồng Hạc\n", encoding="utf-8")
    (folder.root / "errors-said.log").write_text(
        "2026-11-22T13:00:01+07:00 disk_full PKHT7-VAC4F\n2026-11-22T13:00:01+07:00 hồng_hạc PKHT7-VAC4F\n",
        encoding="utf-8")
    personal = {text for text in texts if _PERSONAL.fullmatch(text) and not _DIGEST.fullmatch(text)}
    return root, frozenset(personal | {"Hạc", "hồng_hạc", "079123456789", SCAN})


@pytest.fixture
def canaries(
    busy: tuple[Path, frozenset[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> frozenset[str]:
    """A copy of that office; what must not be said of it."""
    root, texts = busy
    shutil.copytree(root, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    # Asking this PC's scanners takes seconds and says nothing here.
    monkeypatch.setattr(self_check, "check_scanner", lambda _: Checked(Part.SCANNER, State.OPEN, "none"))
    return texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "office"


def clobber(folder: Path, table: str) -> None:
    """Its first page is none any more."""
    application = open_application(DataFolder(folder), key_folder=folder.parent / "keys")
    with application.database.reading() as connection:
        page = connection.execute(
            text("SELECT rootpage FROM sqlite_master WHERE name = :name"), {"name": table}).scalar_one()
        size = int(connection.execute(text("PRAGMA page_size")).scalar_one())
    application.close()
    with (folder / "counter.db").open("r+b") as book:
        book.seek((page - 1) * size)
        book.write(b"\x5a" * size)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code = main(list(words))
    return code, json.loads(capsys.readouterr().out)


def opened(capsys: pytest.CaptureFixture[str], file: Path, key: Path) -> dict[str, Any]:
    support_command.main("support-bundle", [str(file), "--data", str(key)])
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_an_opened_bundle_tells_all_of_the_machine_and_nothing_of_a_citizen(
    canaries: frozenset[str], folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "x.qmch"
    code, answer = said(capsys, "support-bundle", "--to", str(file), "--data", str(folder))
    assert (code, answer["ok"], answer["problem"]) == (0, True, None)
    assert file.stat().st_size == answer["bytes"] < MOST_BYTES
    found = opened(capsys, file, tmp_path / "province-key")
    facts = found["facts"]
    text = json.dumps(found, ensure_ascii=False)
    assert len(canaries) > 60 and [each for each in canaries if each in text] == []
    # Two lines of the log, a slip with a word that is no code, and the trial's package, whose version is "thử-1".
    assert facts["left_out"] == 4
    assert len(facts["log"]) == 1 and facts["errors"][0]["code"] == "disk_full"
    assert facts["rows"]["journal"] >= 20 and facts["heads"][0]["seq"] == facts["rows"]["journal"]
    assert facts["book"]["problem"] is None and facts["book"]["size"] > 0
    assert {"program", "counter", "sync", "leases", "second_copy", "backups", "check"} <= set(facts) <= {
        *SHAPE, "left_out"}
    raw = file.read_bytes()
    assert not any(each.encode() in raw for each in canaries)
    # Another province opens nothing, and a folder without its key does not become a province by looking.
    load_seal(_made(tmp_path / "other"))
    assert opened(capsys, file, tmp_path / "other")["reason"] == "support_bundle_other_reader"
    assert opened(capsys, file, _made(tmp_path / "none"))["reason"] == "data_folder_or_url"
    assert list((tmp_path / "none").iterdir()) == []


def test_a_book_that_does_not_open_is_told_by_what_lies_beside_it(
    canaries: frozenset[str], folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    book = folder / "counter.db"
    book.write_bytes(b"\0" * 8192)
    for leftover in folder.glob("counter.db-*"):
        leftover.unlink()
    code, answer = said(capsys, "support-bundle", "--to", str(_made(tmp_path / "stick")), "--data", str(folder))
    assert (code, answer["problem"]) == (0, "database_key_wrong")
    facts = opened(capsys, Path(answer["file"]), tmp_path / "province-key")["facts"]
    assert facts["book"]["problem"] == "database_key_wrong" and facts["book"]["size"] == 8192
    assert facts["counter"]["device"] == "quay-1" and len(facts["log"]) == 1 and "rows" not in facts


@pytest.mark.parametrize("table, lost", [
    ("leases", {"leases"}), ("life_events", {""}),
    ("verdicts", {""}),                            # asked for by no look but the one at every page
])
def test_a_book_with_a_damaged_page_tells_all_the_others(
    table: str, lost: set[str], canaries: frozenset[str], folder: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Just then a bundle is wanted: the pages that can be read stand in it, and that one cannot."""
    clobber(folder, table)
    code, answer = said(capsys, "support-bundle", "--to", str(tmp_path / "x.qmch"), "--data", str(folder))
    assert (code, answer["problem"]) == (0, "database_damaged")
    facts = opened(capsys, tmp_path / "x.qmch", tmp_path / "province-key")["facts"]
    assert facts["book"]["problem"] == "database_damaged" and len(facts["rows"]) >= len(metadata.tables) - 2
    assert {"heads", "sync", "settings", "leases", "packages"} - set(facts) == lost - {""}
    check = {each["part"]: each["code"] for each in facts["check"]}
    assert [part for part, code in check.items() if code == "database_damaged"] == ["book"], "each part by itself"


@pytest.mark.parametrize("table", ["settings", "book_seal"])
def test_a_page_without_which_no_book_opens_is_named(
    table: str, canaries: frozenset[str], folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    clobber(folder, table)
    code, answer = said(capsys, "support-bundle", "--to", str(tmp_path / "x.qmch"), "--data", str(folder))
    assert (code, answer["problem"]) == (0, "database_damaged")


def test_an_earlier_version_s_book_is_told_as_one(
    canaries: frozenset[str], folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    application = open_application(DataFolder(folder), key_folder=tmp_path / "keys")
    with application.database.writing() as connection:
        back_to_0005(connection)
    application.close()
    code, answer = said(capsys, "support-bundle", "--to", str(tmp_path / "x.qmch"), "--data", str(folder))
    assert (code, answer["problem"]) == (0, "upgrade_waits_window")


def test_without_the_province_s_key_it_is_said_what_to_do(
    canaries: frozenset[str], folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    (folder / "support-key.json").unlink()
    (folder / "counter.db").unlink()
    code, answer = said(capsys, "support-bundle", "--to", str(tmp_path / "x.qmch"), "--data", str(folder))
    assert (code, answer["reason"]) == (1, "support_no_key") and not (tmp_path / "x.qmch").exists()


@pytest.mark.parametrize("words, code, part", [
    (["PKHT7-VAC4F"], 0, "ổ đĩa sắp đầy"), (["pkht7", "vac4f"], 0, "10–49 việc chờ gửi"),
    (["PKHT7-VAC4G"], 1, "nghe nhầm"), (["PKHT7-VAC4"], 1, "10 chữ"), (["PKHT7-VAC4U"], 1, "Chữ thứ 10"),
])
def test_the_operator_reads_a_code_in_words(
    words: list[str], code: int, part: str, capsys: pytest.CaptureFixture[str],
) -> None:
    assert support_command.main("support-code", words) == code
    assert part in capsys.readouterr().out


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
