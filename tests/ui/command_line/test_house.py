"""Commands on a book: from an empty folder to the province and back, as support and scripts use them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import verifier
from app.paths import DataFolder
from app.services.clock_watch import SEEN
from app.store.settings import write_sync
from sync.gateway.opening import open_gateway
from sync.gateway.report import report
from tests.ui.command_line.conftest import Answer, Run
from ui.command_line.folder import open_folder
from ui.demo_office import province_folder

CARD = "049190004217||Nguyễn Thị Mẫu Ánh|07031990|Nữ|Tổ 3, Thôn Giả Định|01012022"
PROCEDURE = "3.000333"


def receive(run: Run, demo: Path, *more: object, card: str = CARD, procedure: str = PROCEDURE) -> Answer:
    return run("receive", "--data", demo, "--card", card, "--procedure", procedure, *more)


def status(run: Run, demo: Path) -> dict[str, object]:
    return run("status", "--data", demo).json


def test_a_dossier_is_stored_as_the_window_would_and_its_receipt_written(run: Run, demo: Path) -> None:
    said = receive(run, demo, "--phone", "0905 000 123", "--intent", "một")
    assert said.code == 0
    found = said.json
    assert (found["ok"], found["is_new"], found["warnings"]) == (True, True, [])
    assert found["due"] is not None
    assert Path(found["receipt"]).read_bytes().startswith(b"%PDF")
    assert Path(found["receipt"]).name == f"{found['code']}-1.pdf", "no person's name in a file name"


def test_the_same_intent_is_one_dossier(run: Run, demo: Path) -> None:
    first = receive(run, demo, "--intent", "hai").json
    again = receive(run, demo, "--intent", "hai")
    assert (again.code, again.json["code"], again.json["is_new"]) == (0, first["code"], False)
    other = receive(run, demo, "--intent", "hai", card=CARD.replace("Ánh", "Khác"))
    assert (other.code, other.json["reason"]) == (1, "intent_reused")


def test_a_card_from_stdin_is_received(run: Run, demo: Path) -> None:
    said = run("receive", "--data", demo, "--card", "-", "--procedure", PROCEDURE, stdin=CARD.encode())
    assert (said.code, said.json["is_new"]) == (0, True)


def test_a_bare_number_needs_a_name(run: Run, demo: Path) -> None:
    refused = receive(run, demo, card="049190004217")
    assert (refused.code, refused.json["hindrance"]) == (1, "applicant_missing")
    said = receive(run, demo, "--name", "Nguyễn Văn Thử", card="049190004217")
    assert (said.code, said.json["warnings"]) == (0, ["number_only"])


@pytest.mark.parametrize(
    ("more", "card", "procedure", "reason"),
    [
        ((), "không phải thẻ", PROCEDURE, "card_not_recognised"),
        ((), CARD, "9.999999", "procedure_unknown"),
        (("--case", "77"), CARD, PROCEDURE, "case_unknown"),
        (("--phone", "abc"), CARD, PROCEDURE, "phone_not_digits"),
        (("--clerk", "không ai"), CARD, PROCEDURE, "clerk_unknown"),
    ],
)
def test_what_cannot_be_received_takes_no_number(
    run: Run, demo: Path, more: tuple[str, ...], card: str, procedure: str, reason: str,
) -> None:
    before = status(run, demo)["dossiers"]
    said = receive(run, demo, *more, card=card, procedure=procedure)
    assert (said.code, said.json["ok"], said.json["reason"]) == (1, False, reason)
    assert status(run, demo)["dossiers"] == before


def test_a_receipt_that_cannot_be_written_leaves_the_dossier_and_a_line_to_reprint(run: Run, demo: Path) -> None:
    papers = demo / "papers"
    papers.rename(demo / "kept")
    papers.write_text("a file where the folder should be", encoding="utf-8")
    try:
        said = receive(run, demo, "--intent", "không giấy")
    finally:
        papers.unlink()
        (demo / "kept").rename(papers)
    assert (said.code, said.json["reason"]) == (1, "disk_error")
    assert status(run, demo)["open_prints"] == 1
    again = receive(run, demo, "--intent", "không giấy")
    assert (again.code, again.json["is_new"]) == (0, False)
    assert status(run, demo)["open_prints"] == 0


def test_status_before_and_after_one_contact_with_the_province(run: Run, demo: Path) -> None:
    before = status(run, demo)
    amount = before["dossiers"]["all"]  # type: ignore[index]
    assert amount > 0
    assert (before["pending"], before["pending_dossiers"]) == (amount, amount)
    assert before["oldest_unsent"] is not None and before["oldest_unsent_seconds"] is not None
    assert before["enrolled"] is True and before["leases"] and before["packages"]

    said = run("sync", "--data", demo)
    assert (said.code, said.json["ok"], said.json["sent"], said.json["waiting"]) == (0, True, amount, 0)
    after = status(run, demo)
    assert (after["pending"], after["oldest_unsent"], after["problem"]) == (0, None, None)
    assert after["last_contact"] is not None

    again = run("sync", "--data", demo)
    assert (again.code, again.json["sent"], again.json["entries"]) == (0, 0, 0)
    province = open_gateway(province_folder(DataFolder(demo)), None, datetime.now(UTC))
    with province.database.reading() as connection:
        assert report(connection)["dossiers"] == amount
    province.database.close()


def test_the_tables_can_be_worked_out_again(run: Run, demo: Path) -> None:
    before = status(run, demo)
    said = run("rebuild", "--data", demo)
    assert said.code == 0 and said.json["replayed"] >= before["dossiers"]["all"]  # type: ignore[index]
    assert status(run, demo)["dossiers"] == before["dossiers"]


def test_an_export_is_whole_and_a_changed_one_is_not(run: Run, demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    made = run("export-journal", "--data", demo, file)
    checked = run("verify", file)
    assert (checked.code, checked.json["ok"], checked.json["breaks"]) == (0, True, [])
    assert checked.json["operations"] == made.json["operations"] > 0
    alone = subprocess.run(
        [sys.executable, "-I", verifier.__file__, file], capture_output=True, check=False
    )
    assert (alone.returncode, json.loads(alone.stdout)) == (0, checked.json), "the same without this program"

    text = file.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    for damaged in (text.replace("Ánh", "Anh", 1), "".join(lines[:2] + lines[3:]), text + lines[-1]):
        file.write_text(damaged, encoding="utf-8")
        said = run("verify", file)
        assert (said.code, said.json["ok"]) == (1, False)
        assert said.json["breaks"]


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[]\n[]", None])
def test_a_file_that_is_no_journal_is_a_refusal(run: Run, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "x.jsonl"
    if content is not None:
        file.write_bytes(content)
    said = run("verify", file)
    assert (said.code, said.json["reason"]) == (1, "not_a_journal")


def test_an_export_to_nowhere_is_a_refusal(run: Run, demo: Path, tmp_path: Path) -> None:
    said = run("export-journal", "--data", demo, tmp_path / "no" / "such" / "folder.jsonl")
    assert (said.code, said.json["reason"]) == (1, "file_unwritable")


def test_an_enrolled_counter_is_not_enrolled_again(run: Run, demo: Path) -> None:
    said = run("enrol", "--data", demo, "http://127.0.0.1:9", "KQ7M-3F9X-W2PD")
    assert (said.code, said.json["reason"]) == (1, "already_enrolled")


class TestEmptyFolder:
    def test_status_says_that_nobody_enrolled_it(self, run: Run, tmp_path: Path) -> None:
        said = run("status", "--data", tmp_path / "new")
        assert (said.code, said.json["enrolled"]) == (0, False)

    def test_sync_is_refused(self, run: Run, tmp_path: Path) -> None:
        said = run("sync", "--data", tmp_path / "new")
        assert (said.code, said.json["reason"]) == (1, "not_enrolled")

    def test_export_is_refused(self, run: Run, tmp_path: Path) -> None:
        said = run("export-journal", "--data", tmp_path / "new", tmp_path / "x")
        assert (said.code, said.json["reason"]) == (1, "not_enrolled")

    @pytest.mark.parametrize(("url", "reason"), [
        ("nonsense", "gateway_address_wrong"), ("http://127.0.0.1:9", "line_down"),
    ])
    def test_enrolment_without_a_province_says_why(self, run: Run, tmp_path: Path, url: str, reason: str) -> None:
        said = run("enrol", "--data", tmp_path / "new", url, "KQ7M-3F9X-W2PD")
        assert (said.code, said.json["reason"]) == (1, reason)
        assert status(run, tmp_path / "new")["enrolled"] is False

    def test_a_folder_that_cannot_be_made_is_said_with_the_systems_word(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x", encoding="utf-8")
        said = run("status", "--data", tmp_path / "file" / "office")
        assert (said.code, said.json["reason"]) == (1, "data_folder_unwritable")
        assert said.json["detail"]


class TestImport:
    def run_on(self, run: Run, tmp_path: Path, content: str, *more: object) -> Answer:
        file = tmp_path / "list.json"
        file.write_text(content, encoding="utf-8")
        return run("import-catalogue", file, "--version", "thử", *more)

    @pytest.mark.parametrize(("content", "reason"), [
        ("", "file_unreadable"), ("{", "file_unreadable"), ("{}", "catalogue_wrong_shape"),
        ('"x"', "catalogue_wrong_shape"),
    ])
    def test_a_file_that_is_no_list_is_a_refusal(
        self, run: Run, tmp_path: Path, content: str, reason: str,
    ) -> None:
        said = self.run_on(run, tmp_path, content)
        assert (said.code, said.json["reason"]) == (1, reason)

    def test_what_cannot_be_used_is_counted_and_told_why(self, run: Run, tmp_path: Path) -> None:
        said = self.run_on(run, tmp_path, '[1, {}, {"code": 5}]', "--report", tmp_path / "report.csv")
        assert (said.code, said.json["report"]["rows"], said.json["report"]["used"]) == (0, 3, 0)
        assert (tmp_path / "report.csv").read_text(encoding="utf-8-sig").count("\n") >= 3
        assert json.loads(Path(said.json["package"]).read_text(encoding="utf-8"))["version"] == "thử"

    def test_a_report_to_nowhere_is_a_refusal(self, run: Run, tmp_path: Path) -> None:
        said = self.run_on(run, tmp_path, "[]", "--report", tmp_path / "no" / "report.csv")
        assert (said.code, said.json["reason"]) == (1, "file_unwritable")


def test_a_clock_that_went_back_since_the_last_start_is_said_with_the_dossier(run: Run, demo: Path) -> None:
    office = open_folder(DataFolder(demo))
    with office.database.writing() as connection:
        write_sync(connection, SEEN, (datetime.now(UTC) + timedelta(hours=1)).isoformat())
    office.close()
    said = receive(run, demo, "--intent", "đồng hồ lùi").json
    assert (said["ok"], said["warnings"]) == (True, ["clock_jumped_back"])
    assert receive(run, demo, "--intent", "lần sau").json["warnings"] == []


def test_a_whole_book_is_read_through_and_damage_ends_with_one(run: Run, demo: Path) -> None:
    receive(run, demo, "--intent", "kiểm sổ")
    said = run("check", "--data", demo)
    assert (said.code, said.json["ok"], said.json["pages"], said.json["lines"]) == (0, True, [], [])
    assert said.json["operations"] > 0
    office = open_folder(DataFolder(demo))
    with office.database.writing() as connection:
        journal = connection.connection.cursor()
        for (name,) in journal.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"
        ).fetchall():
            journal.execute(f"DROP TRIGGER {name}")
        journal.execute("UPDATE journal SET signature = zeroblob(64) WHERE seq = 1")
    office.close()
    said = run("check", "--data", demo)
    assert (said.code, said.json["ok"], said.json["reason"]) == (1, False, "book_damaged")
    assert said.json["lines"] == [{"epoch": 1, "seq": 1}]
