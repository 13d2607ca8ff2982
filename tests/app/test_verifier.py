from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from app import verifier
from app.store import journal as book
from tests.office import MORNING, office_in, sample_intake


@pytest.fixture
def export(tmp_path: Path) -> list[str]:
    with office_in(tmp_path) as office:
        for turn in range(4):
            office.receive(sample_intake(f"i{turn}"))
        counter = office.application.enrolled
        with office.application.database.reading() as connection:
            return list(
                book.export_lines(
                    connection, counter.device, counter.key.public_key().public_bytes_raw(), MORNING
                )
            )


def test_a_whole_journal_is_found_whole_by_the_file_alone(export: list[str], tmp_path: Path) -> None:
    copy = tmp_path / "alone" / "verifier.py"
    copy.parent.mkdir()
    copy.write_bytes(Path(verifier.__file__).read_bytes())
    file = tmp_path / "journal.jsonl"
    file.write_text("\n".join(export), encoding="utf-8")
    # -I: no site of ours, no current folder; only the standard library is there.
    done = subprocess.run([sys.executable, "-I", str(copy), str(file)], capture_output=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["operations"]) == (0, 4)


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda lines: lines[:2] + lines[3:], "gap_in_sequence"),
        (lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]], "chain_broken"),
        (lambda lines: [*lines, lines[-1]], "op_id_twice"),
        (lambda lines: [lines[0], lines[1].replace("Nguyễn", "Nguyên"), *lines[2:]], "signature_wrong"),
        (lambda lines: [lines[0], "{}", *lines[2:]], "unreadable"),
    ],
)
def test_a_changed_journal_is_found_broken(export: list[str], damage, what: str) -> None:  # type: ignore[no-untyped-def]
    findings = verifier.verify_lines(damage(export))
    assert what in {each for _, each in findings.breaks}


def test_a_line_signed_by_another_key_is_found(export: list[str]) -> None:
    other = Ed25519PrivateKey.generate()
    line = json.loads(export[-1])
    line["signature"] = other.sign(line["payload"].encode()).hex()
    findings = verifier.verify_lines([*export[:-1], json.dumps(line)])
    assert [what for _, what in findings.breaks] == ["signature_wrong"]


def test_a_file_without_a_head_line_is_no_journal() -> None:
    with pytest.raises(verifier.NotAJournalError):
        verifier.verify_lines(['{"format": "something else"}'])


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 511))
def test_our_ed25519_agrees_with_the_library(message: bytes, bit: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    flipped = bytearray(signature)
    flipped[bit // 8] ^= 1 << bit % 8
    assert verifier.is_signed(public, message, signature)
    assert not verifier.is_signed(public, message, bytes(flipped))
    assert not verifier.is_signed(public, message + b"x", signature)
