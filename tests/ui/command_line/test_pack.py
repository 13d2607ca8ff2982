"""`pack` and `verify` from the command line: the day as a signed pack, checked with and without the program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from app import verifier
from tests.ui.command_line.conftest import Run

CARD = "049190004217||Nguyễn Thị Mẫu Ánh|07031990|Nữ|Tổ 3, Thôn Giả Định|01012022"


def test_a_day_is_packed_and_found_whole(run: Run, demo: Path, tmp_path: Path) -> None:
    run("receive", "--data", demo, "--card", CARD, "--procedure", "3.000333")
    file = tmp_path / "ca.zip"
    made = run("pack", "--data", demo, file)
    assert made.code == 0 and made.json["files"][0] == "pack.json"
    checked = run("verify", file, "--key", made.json["public_key"])
    assert (checked.code, checked.json["breaks"], checked.json["day"]) == (0, [], made.json["day"])
    alone = subprocess.run(
        [sys.executable, "-I", verifier.__file__, file, "--key", made.json["public_key"]],
        capture_output=True, check=False)
    assert (alone.returncode, json.loads(alone.stdout)) == (0, checked.json)
    raw = bytearray(file.read_bytes())
    place = raw.index("Ánh".encode())
    raw[place] ^= 1
    file.write_bytes(raw)
    said = run("verify", file)
    assert said.code == 1 and said.json["breaks"][0]["file"] in ("journal.jsonl", "pack.json")
    assert run("verify", file, "--key", "00").json["ok"] is False


def test_a_day_without_lines_and_an_unknown_clerk_are_refused(run: Run, demo: Path, tmp_path: Path) -> None:
    said = run("pack", "--data", demo, "--day", "2001-01-01", tmp_path / "ca.zip")
    assert (said.code, said.json["reason"]) == (1, "pack_empty")
    said = run("pack", "--data", demo, "--clerk", "nobody", tmp_path / "ca.zip")
    assert (said.code, said.json["reason"]) == (1, "clerk_unknown")
