"""`python -m app report ID --from DAY --to DAY`: a report for scripts, spreadsheets and paper."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest

from app.spreadsheets.reading import read_rows
from tests.ui.command_line.conftest import Run

CARD = "049190004217||Nguyễn Thị Mẫu Ánh|07031990|Nữ|Tổ 3, Thôn Giả Định|01012022"
ALWAYS = ("--from", "2020-01-01", "--to", "2090-12-31")


def test_form_ii06a_counts_what_was_received_and_is_written_to_files(run: Run, demo: Path, tmp_path: Path) -> None:
    before = run("report", "--data", demo, "II.06a", *ALWAYS).json["rows"][-1]["total"]
    assert run("receive", "--data", demo, "--card", CARD, "--procedure", "3.000333").code == 0
    xlsx, pdf = tmp_path / "bieu.xlsx", tmp_path / "bieu.pdf"
    said = run("report", "--data", demo, "II.06a", *ALWAYS, "--xlsx", xlsx, "--pdf", pdf)
    found = said.json
    assert (said.code, found["ok"], found["files"]) == (0, True, [str(xlsx), str(pdf)])
    total = found["rows"][-1]
    assert total["is_total"] and total["total"] == before + 1 == total["open_in_time"] + total["settled"]
    assert total["lists"]["total"] == "II.06a:all:total" and len(found["columns"]) == 13
    with xlsx.open("rb") as stream:
        assert any("Tổng cộng" in map(str, row) for row in read_rows(stream, xlsx.name))
    document = pdfium.PdfDocument(pdf)
    words = document[0].get_textpage().get_text_range()
    document.close()
    assert "Tổng cộng" in words and "CARD" not in words


def test_a_report_that_names_persons_needs_a_purpose(run: Run, demo: Path) -> None:
    refused = run("report", "--data", demo, "register", *ALWAYS)
    assert (refused.code, refused.json) == (1, {"ok": False, "reason": "purpose_missing"})
    said = run("report", "--data", demo, "register", *ALWAYS, "--purpose", "Đối chiếu sổ theo dõi")
    assert said.code == 0 and said.json["rows"][0]["code"]
    kept = run("report", "--data", demo, "my-day", *ALWAYS).json
    assert kept["ok"] and run("report", "--data", demo, "fees", *ALWAYS).code == 0


@pytest.mark.parametrize(("arguments", "reason"), [
    (("II.07b", *ALWAYS), "report_unknown"),
    (("II.06a", "--from", "2026-01-02", "--to", "2026-01-01"), "period_reversed"),
    (("II.06a", *ALWAYS, "--xlsx", "/no-such-folder/x.xlsx"), "file_unwritable"),
    (("II.06a", *ALWAYS, "--pdf", "/no-such-folder/x.pdf"), "file_unwritable"),
])
def test_what_cannot_be_made_is_refused(run: Run, demo: Path, arguments: tuple[str, ...], reason: str) -> None:
    said = run("report", "--data", demo, *arguments)
    assert (said.code, said.json["ok"], said.json["reason"]) == (1, False, reason)
