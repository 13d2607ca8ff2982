"""A bundle for support as it is typed: everything of the machine in it, nobody of the office's citizens."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.self_check import Checked, Part, State
from app.services.second_copy import PROVINCE_KEY
from app.store.settings import write_setting
from app.store.tables import metadata
from sync.contract.support_bundle import MOST_BYTES
from sync.contract.support_shape import SHAPE
from sync.gateway import support_command
from sync.gateway.province import load_seal
from sync.support.bundle import keep_key
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


@pytest.fixture
def canaries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> frozenset[str]:
    """An office where much has happened; every text in its book that could be a citizen's."""
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    # Asking this PC's scanners takes seconds and says nothing here.
    monkeypatch.setattr(self_check, "check_scanner", lambda _: Checked(Part.SCANNER, State.OPEN, "none"))
    office = make_office(tmp_path)
    STORIES["twenty"](office)
    STORIES["trouble"](office)
    application = office.application
    reader = load_seal(_made(tmp_path / "province-key")).opening_key.public_key().public_bytes_raw()
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
    return frozenset(personal | {"Hạc", "hồng_hạc", "079123456789", SCAN})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "office"


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
