"""A watched folder: each file once, whole, and never deleted."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from app.devices.scanning.complete import is_complete, mime_of
from app.devices.scanning.folder import LOOKS_PATIENT, TAKEN, FolderPageSource, folder_source
from app.devices.scanning.port import Notice, SourceKind
from app.domain.scanning import ScanSettings
from app.errors import KnownError, Refusal


def picture(kind: str, tone: int = 100) -> bytes:
    made = io.BytesIO()
    Image.effect_noise((40, 30), tone).save(made, kind)
    return made.getvalue()


PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
JPG = picture("JPEG")


class Desk:
    """A folder under watch; `between` happens between two looks, counted from 1."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.taken: list[tuple[bytes, str]] = []
        self.told: list[tuple[str, str]] = []
        self.looks = 0
        self.acknowledge: Callable[[], None] = lambda: None

    def watch(self, between: dict[int, Callable[[], object]] | None = None, looks: int = 8) -> Desk:
        def pause(_: float) -> None:
            self.looks += 1
            if between and self.looks in between:
                between[self.looks]()
            if self.looks >= looks:
                raise Refusal("scan_cancelled")

        def emit(content: bytes, mime: str) -> None:
            self.acknowledge()
            self.taken.append((content, mime))

        source = FolderPageSource(self.notice, pause=pause)
        with pytest.raises(Refusal, match="scan_cancelled"):
            source.scan(folder_source(self.folder).id, ScanSettings(), emit, lambda: None)
        return self

    def notice(self, notice: Notice) -> None:
        self.told.append((notice.error.code, notice.name))

    def put(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def lies_in(self, folder: str = "") -> set[str]:
        return {each.name for each in (self.folder / folder).iterdir() if each.is_file()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize(("content", "mime"), [
    (JPG, "image/jpeg"), (picture("PNG"), "image/png"), (picture("TIFF"), "image/tiff"), (PDF, "application/pdf"),
])
def test_a_settled_file_is_taken_once_and_moved_away(desk: Desk, content: bytes, mime: str) -> None:
    desk.put("scan001", content)
    desk.watch()
    assert desk.taken == [(content, mime)]
    assert desk.lies_in() == set()
    assert (desk.folder / TAKEN / "scan001").read_bytes() == content
    assert desk.told == []


def test_the_older_file_comes_first(desk: Desk) -> None:
    for name, tone, at in (("b", 10, 100), ("a", 20, 200), ("c", 30, 50)):
        os.utime(desk.put(name, picture("JPEG", tone)), (at, at))
    desk.watch()
    first = [each for each, _ in desk.taken]
    assert [(desk.folder / TAKEN / name).read_bytes() for name in "cba"] == first


def test_a_file_that_still_grows_is_waited_for(desk: Desk) -> None:
    """It is taken only after it has looked the same for two looks: not at look 3, where it was already whole."""
    path = desk.put("scan.jpg", JPG[:50])
    desk.watch({1: lambda: path.write_bytes(JPG[:90]), 2: lambda: path.write_bytes(JPG)}, looks=4)
    assert desk.taken == []
    desk.watch(looks=12)
    assert desk.taken == [(JPG, "image/jpeg")]


@pytest.mark.parametrize("content", [JPG, picture("PNG"), picture("TIFF"), PDF])
def test_half_a_file_is_never_taken_and_is_told_once(desk: Desk, content: bytes) -> None:
    desk.put("half", content[:-15])
    desk.watch(looks=LOOKS_PATIENT + 5)
    assert (desk.taken, desk.told) == ([], [("watched_file_unsettled", "half")])
    assert desk.lies_in() == {"half"}


def test_a_file_that_never_settles_is_told(desk: Desk) -> None:
    path = desk.put("scan.jpg", JPG)
    grow = {look: lambda: path.write_bytes(path.read_bytes() + b"x") for look in range(1, LOOKS_PATIENT + 9)}
    desk.watch(grow, looks=LOOKS_PATIENT + 8)
    assert (desk.taken, desk.told) == ([], [("watched_file_unsettled", "scan.jpg")])


def test_an_empty_file_is_not_taken_before_it_has_something(desk: Desk) -> None:
    path = desk.put("scan.jpg", b"")
    desk.watch({4: lambda: path.write_bytes(JPG)}, looks=12)
    assert desk.taken == [(JPG, "image/jpeg")]


@pytest.mark.parametrize("name", [
    ".scan.jpg", "~scan.jpg", "scan.jpg.part", "scan.TMP", "a.crdownload", "Thumbs.db"])
def test_temporary_names_are_passed_over(desk: Desk, name: str) -> None:
    desk.put(name, JPG)
    desk.watch()
    assert (desk.taken, desk.told, desk.lies_in()) == ([], [], {name})


def test_a_download_that_gets_its_name_at_the_end_is_taken(desk: Desk) -> None:
    path = desk.put("scan.jpg.part", JPG)
    desk.watch({3: lambda: path.rename(desk.folder / "scan.jpg")})
    assert desk.taken == [(JPG, "image/jpeg")]


def test_the_same_name_again_is_another_file(desk: Desk) -> None:
    other = picture("JPEG", 7)
    desk.put("scan.jpg", JPG)
    desk.watch({4: lambda: desk.put("scan.jpg", other)}, looks=12)
    assert [content for content, _ in desk.taken] == [JPG, other]
    assert desk.lies_in(TAKEN) == {"scan.jpg", "scan (2).jpg"}


def test_a_file_that_is_not_stored_stays_where_it_is(desk: Desk) -> None:
    def refuse() -> None:
        raise Refusal("scan_cancelled")

    desk.acknowledge = refuse
    desk.put("scan.jpg", JPG)
    desk.watch()
    assert (desk.taken, desk.lies_in()) == ([], {"scan.jpg"})


def test_a_file_replaced_while_it_was_stored_is_not_moved_unseen(desk: Desk) -> None:
    other = picture("JPEG", 7)
    desk.put("scan.jpg", JPG)

    def replace() -> None:
        desk.acknowledge = lambda: None
        desk.put("scan.jpg", other)

    desk.acknowledge = replace
    desk.watch(looks=12)
    assert [content for content, _ in desk.taken] == [JPG, other]


def test_a_kind_we_do_not_take_is_told_once_and_left(desk: Desk) -> None:
    desk.put("anh.heic", b"\x00\x00\x00\x18ftypheic" * 9)
    desk.watch(looks=9)
    assert (desk.taken, desk.told, desk.lies_in()) == ([], [("watched_file_unknown", "anh.heic")], {"anh.heic"})


def test_a_file_that_may_not_be_read_is_told_and_taken_when_it_may(
        desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real, may = Path.read_bytes, [False]

    def read_bytes(path: Path) -> bytes:
        if not may[0]:
            raise PermissionError
        return real(path)

    desk.put("scan.jpg", JPG)
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    desk.watch({6: lambda: may.__setitem__(0, True)}, looks=9)
    assert desk.told == [("watched_file_unreadable", "scan.jpg")]
    assert desk.taken == [(JPG, "image/jpeg")]


def test_a_file_that_grows_while_it_is_read_is_not_taken_as_it_was(
        desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real, path = Path.read_bytes, desk.put("scan.jpg", JPG)
    longer = JPG + b"more"
    writes = iter([longer])

    def read_bytes(asked: Path) -> bytes:
        content = real(asked)
        for more in writes:
            path.write_bytes(more)
        return content

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    desk.watch(looks=9)
    assert [content for content, _ in desk.taken] == [longer]


def test_a_file_that_cannot_be_moved_is_told_and_not_taken_twice(
        desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(path: Path, to: Path) -> Path:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "rename", rename)
    desk.put("scan.jpg", JPG)
    desk.watch(looks=12)
    assert (len(desk.taken), desk.told) == (1, [("watched_file_not_moved", "scan.jpg")])


def test_a_file_too_large_for_the_pipe_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.devices.scanning.folder.MAX_CONTENT", len(JPG) - 1)
    desk.put("scan.jpg", JPG)
    desk.watch()
    assert (desk.taken, desk.told) == ([], [("watched_file_too_large", "scan.jpg")])


def test_a_network_drive_that_drops_is_told_and_waited_for(desk: Desk, tmp_path: Path) -> None:
    desk.folder = tmp_path / "share"
    desk.folder.mkdir()
    away = tmp_path / "away"
    desk.put("scan.jpg", JPG)
    desk.watch({1: lambda: shutil.move(desk.folder, away), 4: lambda: shutil.move(away, desk.folder)}, looks=12)
    assert desk.told == [("watched_folder_gone", ""), ("watched_folder_back", "")]
    assert desk.taken == [(JPG, "image/jpeg")]


def test_a_folder_that_is_not_there_at_the_start_is_a_trouble(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as told:
        FolderPageSource(lambda _: None).scan(
            f"folder:{tmp_path / 'none'}", ScanSettings(), lambda content, mime: None, lambda: None)
    assert told.value.code == "scanner_not_found"


def test_subfolders_and_links_are_left_alone(desk: Desk, tmp_path: Path) -> None:
    (desk.folder / "sub").mkdir()
    (desk.folder / "sub" / "scan.jpg").write_bytes(JPG)
    (desk.folder / "link.jpg").symlink_to(desk.folder / "sub" / "scan.jpg")
    assert desk.watch().taken == []


def test_most_pages_ends_the_watch(desk: Desk) -> None:
    desk.put("a.jpg", JPG)
    desk.put("b.jpg", picture("JPEG", 3))
    taken: list[bytes] = []
    FolderPageSource(desk.notice, pause=lambda _: None).scan(
        folder_source(desk.folder).id, ScanSettings(most_pages=1), lambda content, _: taken.append(content),
        lambda: None)
    assert len(taken) == 1
    assert len(desk.lies_in()) == 1


def test_a_folder_is_a_source_by_its_path(tmp_path: Path) -> None:
    source = folder_source(tmp_path / "Quét")
    assert (source.id, source.name, source.kind) == (f"folder:{tmp_path / 'Quét'}", "Quét", SourceKind.FOLDER)
    assert FolderPageSource(lambda _: None).list_sources() == ()


# whole or not, by the file's own form
@pytest.mark.parametrize("content", [JPG, picture("PNG"), picture("TIFF")])
def test_every_shorter_copy_of_a_file_is_seen_as_half(content: bytes) -> None:
    mime = mime_of(content)
    assert is_complete(content, mime)
    assert [size for size in range(8, len(content)) if is_complete(content[:size], mime)] == []


def test_a_preview_inside_a_photo_does_not_make_it_whole() -> None:
    preview = b"\xff\xe1" + (2 + len(JPG)).to_bytes(2, "big") + JPG
    photo = JPG[:2] + preview + JPG[2:]
    assert is_complete(photo, "image/jpeg")
    assert not is_complete(photo[:-30], "image/jpeg")


def test_a_film_behind_a_photo_does_no_harm() -> None:
    assert is_complete(JPG + b"\x00\x00\x00\x18ftypmp42" * 500, "image/jpeg")


def test_a_ring_of_directories_ends() -> None:
    ring = b"II*\x00\x08\x00\x00\x00" + b"\x00\x00" + b"\x08\x00\x00\x00"
    assert is_complete(ring, "image/tiff")


@pytest.mark.parametrize(("start", "mime"), [
    (b"\r\n%PDF-1.7", "application/pdf"), (b"MM\x00*", "image/tiff"), (b"PK\x03\x04", ""), (b"", ""),
])
def test_the_first_bytes_decide_the_kind(start: bytes, mime: str) -> None:
    assert mime_of(start) == mime
