"""A name that was not synced can vanish with the power: the province's key, its restores, a file that is kept."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.gateway.disk_store import DiskStore
from sync.gateway.durable import make_folder
from sync.gateway.province import load_seal
from sync.gateway.restores import write_restore

Synced = Callable[[Path], bool]


@pytest.fixture
def is_synced(monkeypatch: pytest.MonkeyPatch) -> Synced:
    """Whether a folder was put on the disk, with what stands in it now."""
    seen: set[tuple[int, tuple[str, ...]]] = set()
    real = os.fsync

    def watched(descriptor: int) -> None:
        real(descriptor)
        about = os.fstat(descriptor)
        if about.st_mode & 0o170000 == 0o040000:
            seen.add((about.st_ino, tuple(sorted(os.listdir(descriptor)))))

    monkeypatch.setattr(os, "fsync", watched)
    return lambda folder: (folder.stat().st_ino, tuple(sorted(each.name for each in folder.iterdir()))) in seen


pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no call that syncs a folder")


def test_the_key_and_the_restores_of_a_province(tmp_path: Path, is_synced: Synced) -> None:
    load_seal(tmp_path)
    assert is_synced(tmp_path)
    write_restore(tmp_path, "2026-11-22T00:00:00.000Z")
    assert is_synced(tmp_path)


def test_folders_that_were_not_there(tmp_path: Path, is_synced: Synced) -> None:
    make_folder(tmp_path / "files" / "ab")
    assert is_synced(tmp_path) and is_synced(tmp_path / "files")


def test_the_first_file_of_all(tmp_path: Path, is_synced: Synced) -> None:
    store = DiskStore(tmp_path / "files", reserve=0)
    draft = store.begin(1)
    assert is_synced(tmp_path) and is_synced(tmp_path / "files" / "drafts")
    store.write(draft, 0, b"x")
    store.complete(draft, "ab" * 32)
    assert is_synced(tmp_path / "files") and is_synced(tmp_path / "files" / "ab")
