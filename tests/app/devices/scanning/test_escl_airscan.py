"""The scanner of these tests is one that others can scan from, too: Debian's sane-airscan is the witness."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.escl_scanner import GLASS, EsclScanner, Illness, escl_scanner
from tests.numbered_pages import number_on

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sane-airscan is a client for Linux")


def scanimage(scanner: EsclScanner, folder: Path, *arguments: str) -> tuple[str, list[int]]:
    """Run SANE's own program: what it said, and the numbers on the pages it wrote."""
    (folder / "dll.conf").write_text("airscan\n")
    (folder / "airscan.conf").write_text(
        f'[devices]\n"Mau" = {scanner.url}, eSCL\n[options]\ndiscovery = disable\nws-discovery = off\n')
    done = subprocess.run(
        ["scanimage", "-d", "airscan:e0:Mau", "--resolution", "75", "--format=png",
         f"--batch={folder}/page%03d.png", *arguments],
        env={**os.environ, "SANE_CONFIG_DIR": str(folder), "LC_ALL": "C"}, capture_output=True, text=True,
        timeout=60, check=False,
    )
    return done.stderr, [number_on(page.read_bytes()) for page in sorted(folder.glob("page*.png"))]


def test_the_witness_scans_the_glass(tmp_path: Path) -> None:
    with escl_scanner() as scanner:
        said, pages = scanimage(scanner, tmp_path, "--source", "Flatbed", "--batch-count=1")
    assert pages == [GLASS], said


@pytest.mark.parametrize(("source", "count"), [("ADF", 10), ("ADF Duplex", 20)])
def test_the_witness_empties_the_feeder(tmp_path: Path, source: str, count: int) -> None:
    with escl_scanner(sheets=10) as scanner:
        said, pages = scanimage(scanner, tmp_path, "--source", source)
    assert pages == list(range(1, count + 1)), said
    assert "out of documents" in said


@pytest.mark.parametrize(("illness", "words"), [
    (Illness.JAM, "Document feeder jammed"), (Illness.COVER_OPEN, "Scanner cover is open"),
])
def test_the_witness_understands_what_ails_it(tmp_path: Path, illness: Illness, words: str) -> None:
    with escl_scanner(sheets=10, illness=illness, at=4) as scanner:
        said, pages = scanimage(scanner, tmp_path, "--source", "ADF")
    assert (pages, words in said) == ([1, 2, 3], True), said


def test_the_witness_waits_where_a_page_is_late(tmp_path: Path) -> None:
    with escl_scanner(sheets=3, illness=Illness.LATE, at=2) as scanner:
        said, pages = scanimage(scanner, tmp_path, "--source", "ADF")
    assert pages == [1, 2, 3], said


def test_the_witness_sees_an_empty_feeder(tmp_path: Path) -> None:
    with escl_scanner(sheets=0) as scanner:
        said, pages = scanimage(scanner, tmp_path, "--source", "ADF")
    assert (pages, "out of documents" in said) == ([], True), said
