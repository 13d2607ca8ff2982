"""What is asked of `scanimage` and what its answers mean, with the real program and SANE's test devices."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.devices.scanning import memory_folder as memory
from app.devices.scanning import sane
from app.devices.scanning.faults import trouble_of
from app.devices.scanning.memory_folder import PREFIX, memory_folder, places, sweep
from app.devices.scanning.port import ScanTrouble, Source, SourceKind
from app.devices.scanning.sane import SanePageSource
from app.devices.scanning.sane_options import feeds_of, has_colour, plan, read_options
from app.devices.scanning.sane_picture import encode_page
from app.domain.scanning import Feed, ScanSettings
from app.errors import KnownError, Refusal
from tests.app.devices.scanning.sane_desk import SaneDesk, children_of

# as `scanimage -A` prints the options of some backends, cut to those that matter
FUJITSU = """
All options specific to device `fujitsu:fi-7160:1':
  Standard:
    --source ADF Front|ADF Back|ADF Duplex [ADF Front]
        Selects the scan source (such as a document-feeder).
    --mode Lineart|Halftone|Gray|Color [Lineart]
        Selects the scan mode (e.g., lineart, monochrome, or color).
    --resolution 50..600dpi (in steps of 1) [600]
        Sets the resolution of the scanned image.
  Geometry:
    --page-width 0..221.121mm (in steps of 0.0211639) [215.872]
        Specifies the width of the media.
    --page-height 0..876.695mm (in steps of 0.0211639) [279.364]
        Specifies the height of the media.
    -l 0..215.872mm (in steps of 0.0211639) [0]
    -x 0..215.872mm (in steps of 0.0211639) [215.872]
    -y 0..279.364mm (in steps of 0.0211639) [279.364]
    --brightness -127..127 (in steps of 1) [0] [advanced]
"""
DUPLEX = "Automatic Document Feeder(left aligned,Duplex)"
BROTHER = f"""
    --mode Black & White|Gray[Error Diffusion]|True Gray|24bit Color|24bit Color[Fast] [24bit Color]
    --resolution 100|150|200|300|400|600|1200|2400|4800|9600dpi [200]
    --source FlatBed|Automatic Document Feeder(left aligned)|{DUPLEX} [FlatBed]
    -x 0..211.9mm (in steps of 0.0999908) [211.881]
    -y 0..355.6mm (in steps of 0.0999908) [355.567]
"""
EPSON = """
    --source Flatbed|Automatic Document Feeder [Flatbed]
    --adf-mode Simplex|Duplex [inactive]
    --mode Lineart|Gray|Color [Lineart]
    --depth 1|8|16 [1]
    --resolution 75|300|600dpi [75]
"""
KODAK = """
    --source Flatbed|ADF [ADF]
    --duplex[=(yes|no)] [no]
    --resolution 300..300dpi [inactive]
"""
BARE = "    --mode Gray|Color [Gray]\n"
PIXMA = "    --source Flatbed|Automatic Document Feeder|ADF Duplex [Flatbed]\n"
SIZE = "--page-width=215.9|--page-height=297|-x|215.872|-y|279.364"
ONLY_GLASS = "    --source Flatbed|Transparency Adapter [Flatbed]\n    --mode Lineart|Gray|Color [Gray]\n"


@pytest.mark.parametrize(("listing", "feeds"), [
    (FUJITSU, (Feed.FEEDER, Feed.DUPLEX)), (BROTHER, tuple(Feed)), (EPSON, tuple(Feed)), (KODAK, tuple(Feed)),
    (PIXMA, tuple(Feed)), (ONLY_GLASS, (Feed.FLATBED,)), (BARE, (Feed.FLATBED,)),
])
def test_where_a_device_takes_paper_from_is_read_from_its_own_words(listing: str, feeds: tuple[Feed, ...]) -> None:
    assert feeds_of(read_options(listing)) == feeds


@pytest.mark.parametrize(("listing", "settings", "arguments"), [
    (FUJITSU, ScanSettings(Feed.DUPLEX, 300, True),
     f"--source=ADF Duplex|--mode=Color|--resolution=300|{SIZE}"),
    (FUJITSU, ScanSettings(Feed.FEEDER, 900, False),
     f"--source=ADF Front|--mode=Gray|--resolution=600|{SIZE}"),
    (BROTHER, ScanSettings(Feed.FEEDER, 250, False),
     "--source=Automatic Document Feeder(left aligned)|--mode=True Gray|--resolution=300|-x|211.9|-y|297"),
    (BROTHER, ScanSettings(Feed.DUPLEX, 200, True),
     f"--source={DUPLEX}|--mode=24bit Color|--resolution=200|-x|211.9|-y|297"),
    (EPSON, ScanSettings(Feed.DUPLEX, 200, True),
     "--source=Automatic Document Feeder|--adf-mode=Duplex|--mode=Color|--depth=8|--resolution=300"),
    (EPSON, ScanSettings(Feed.FLATBED, 76, False), "--source=Flatbed|--mode=Gray|--depth=8|--resolution=300"),
    (KODAK, ScanSettings(Feed.DUPLEX), "--source=ADF|--duplex=yes"),
    (BARE, ScanSettings(Feed.FLATBED, 300, True), "--mode=Color"),
])
def test_the_device_is_asked_in_its_own_words(listing: str, settings: ScanSettings, arguments: str) -> None:
    assert plan(read_options(listing), settings).arguments == tuple(arguments.split("|"))


@pytest.mark.parametrize(("listing", "feed"), [
    (ONLY_GLASS, Feed.FEEDER), (ONLY_GLASS, Feed.DUPLEX), (FUJITSU, Feed.FLATBED), (BARE, Feed.DUPLEX),
])
def test_a_way_the_device_does_not_have_is_refused(listing: str, feed: Feed) -> None:
    with pytest.raises(KnownError) as told:
        plan(read_options(listing), ScanSettings(feed))
    assert (told.value.code, told.value.values) == ("scanner_refused", {"detail": feed.value})


@pytest.mark.parametrize(("listing", "settings", "count"), [
    (FUJITSU, ScanSettings(Feed.FEEDER), 0), (FUJITSU, ScanSettings(Feed.FEEDER, most_pages=7), 7),
    (BROTHER, ScanSettings(Feed.FLATBED, most_pages=7), 1), (BARE, ScanSettings(Feed.FEEDER), 1),
])
def test_a_batch_without_an_end_is_only_asked_of_a_feeder(
        listing: str, settings: ScanSettings, count: int) -> None:
    """A flatbed would scan its glass for ever."""
    assert plan(read_options(listing), settings).count == count


@given(st.text())
def test_any_listing_is_read_without_an_error(listing: str) -> None:
    read_options(listing)


# what went wrong
@pytest.mark.parametrize(("line", "code", "trouble"), [
    ("scanimage: sane_start: Document feeder jammed", 6, ScanTrouble.JAMMED),
    ("scanimage: sane_read: Scanner cover is open", 8, ScanTrouble.COVER_OPEN),
    ("scanimage: sane_start: Document feeder out of documents", 0, ScanTrouble.NO_PAPER),
    ("scanimage: sane_start: Document feeder out of documents", 7, ScanTrouble.NO_PAPER),
    ("scanimage: open of device fujitsu:x failed: Device busy", 1, ScanTrouble.BUSY),
    ("scanimage: open of device fujitsu:x failed: Invalid argument", 1, ScanTrouble.NOT_FOUND),
    ("scanimage: open of device fujitsu:x failed: Error during device I/O", 1, ScanTrouble.IO),
    ("scanimage: open of device fujitsu:x failed: Access to resource has been denied", 1, ScanTrouble.REFUSED),
    ("scanimage: setting of option --mode failed (Invalid argument)", 1, ScanTrouble.REFUSED),
    ("scanimage: sane_read: Operation was canceled", 2, ScanTrouble.CANCELLED),
    ("scanimage: sane_read: Operation was cancelled", 2, ScanTrouble.CANCELLED),
    ("scanimage: no SANE devices found", 1, ScanTrouble.NOT_FOUND),
    ("", 6, ScanTrouble.JAMMED), ("", 11, ScanTrouble.REFUSED), ("", 99, ScanTrouble.DIED),
    ("", -9, ScanTrouble.DIED),
    ("Document feeder jammed", 0, None), ("", 0, None),
])
def test_each_word_of_the_driver_has_its_trouble(line: str, code: int, trouble: ScanTrouble | None) -> None:
    found = trouble_of(["Scanning page 1", line, "Batch terminated, 0 pages scanned"], code)
    assert (found and found[0]) == trouble


def test_a_devices_name_does_not_leave_with_its_words() -> None:
    assert trouble_of(["scanimage: open of device net:may-cua-lan failed: Device busy"], 1) == (
        ScanTrouble.BUSY, "Device busy")


# pictures
def pnm(mode: str, size: tuple[int, int] = (33, 20)) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size).save(made, "PPM")
    return made.getvalue()


@pytest.mark.parametrize(("mode", "mime"), [("1", "image/png"), ("L", "image/jpeg"), ("RGB", "image/jpeg")])
def test_a_page_becomes_a_small_picture_that_says_its_resolution(mode: str, mime: str) -> None:
    content, said = encode_page(pnm(mode), 300)
    assert said == mime
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.mode, picture.size) == (mode, (33, 20))
        assert tuple(round(value) for value in picture.info["dpi"]) == (300, 300)


def test_sixteen_bits_of_grey_become_eight() -> None:
    grey = b"".join(value.to_bytes(2, "big") for value in (0, 32768, 65535))
    content, _ = encode_page(b"P5\n# SANE data follows\n3 1\n65535\n" + grey, 300)
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.mode == "L"
        dark, middle, bright = picture.get_flattened_data()
        assert (dark < 20, 100 < middle < 156, bright > 235) == (True, True, True)


@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
@pytest.mark.parametrize("missing", [1, 10])
def test_a_page_cut_short_is_refused(mode: str, missing: int) -> None:
    with pytest.raises(KnownError) as told:
        encode_page(pnm(mode)[:-missing], 300)
    assert (told.value.code, told.value.values) == ("scanner_io", {"detail": "half_picture"})


@pytest.mark.parametrize("content", [b"", b"P5\n3 1\n", b"P4\n8 1\n255\nx", b"P6\n0 0\n255\n", b"\xff\xd8\xff"])
def test_what_is_no_page_is_refused(content: bytes) -> None:
    with pytest.raises(KnownError, match="scanner_io"):
        encode_page(content, 300)


# the real program
def scanned(source: SanePageSource, settings: ScanSettings, device: str = "sane:test:0") -> tuple[int, str, int]:
    """Pages, the code at the end, and how often life was shown."""
    pages, life = list[bytes](), list[int]()
    try:
        source.scan(device, settings, lambda content, mime: pages.append(content), lambda: life.append(1))
    except KnownError as error:
        return len(pages), error.code, len(life)
    return len(pages), "", len(life)


def test_a_resolution_and_a_colour_are_really_asked_for(desk: SaneDesk) -> None:
    found: list[tuple[str, tuple[int, int]]] = []

    def emit(content: bytes, _: str) -> None:
        with Image.open(io.BytesIO(content)) as picture:
            found.append((picture.mode, picture.size))

    for is_colour in (True, False):
        SanePageSource().scan("sane:test:0", ScanSettings(Feed.FLATBED, 200, is_colour), emit, lambda: None)
    assert [mode for mode, _ in found] == ["RGB", "L"]
    assert all(abs(side - 1575) <= 1 for _, size in found for side in size)      # 200 mm, the device's most


def test_devices_are_listed_with_what_they_can_feed(desk: SaneDesk) -> None:
    assert SanePageSource().list_sources() == tuple(
        Source(f"sane:{name}", model, SourceKind.SANE, feeds) for name, model, feeds in (
            ("pnm:0", "PNM file reader", (Feed.FLATBED,)), ("pnm:1", "PNM file reader", (Feed.FLATBED,)),
            ("test:0", "frontend-tester", (Feed.FLATBED, Feed.FEEDER)),
            ("test:1", "frontend-tester", (Feed.FLATBED, Feed.FEEDER))))


@pytest.mark.parametrize("answer", ["exit 1", "exec sleep 60"])
def test_a_device_that_does_not_open_is_listed_without_its_feeds(
        desk: SaneDesk, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setattr(sane, "OPENING", 0.1)
    desk.says_always(f'case " $* " in *" -f "*) echo "net:may:0|Thử|M1|flatbed scanner" ;; *) {answer} ;; esac')
    assert SanePageSource().list_sources() == (Source("sane:net:may:0", "Thử M1", SourceKind.SANE),)


def test_no_device_is_an_empty_list(desk: SaneDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dll.conf").write_text("")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))
    assert SanePageSource().list_sources() == ()


@pytest.mark.parametrize(("listing", "has"), [(FUJITSU, True), (BARE, True), (KODAK, True), (
    "    --mode Lineart|Gray [Gray]\n", False)])
def test_a_device_without_colour_is_known(listing: str, has: bool) -> None:
    assert has_colour(read_options(listing)) is has


def test_every_word_of_the_driver_shows_life(desk: SaneDesk) -> None:
    desk.says("printf 'Progress: 1%%\\rProgress: 2%%\\rProgress: 3%%\\r' 1>&2; exit 9")
    quiet = 2                                  # before and after the device was opened
    assert scanned(SanePageSource(), ScanSettings(Feed.FEEDER, 50)) == (0, "scanner_io", quiet + 3)


def test_pages_lie_in_a_private_folder_in_memory_and_only_until_they_are_stored(
        desk: SaneDesk, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    def emit(*_: object) -> None:
        (folder,) = tmp_path.glob(f"{PREFIX}*")
        numbers = {int(page.stem) for page in folder.glob("*.pnm")}
        seen.append((min(numbers), folder.stat().st_mode & 0o777))

    source = SanePageSource(memory=(tmp_path,))
    source.scan("sane:test:0", ScanSettings(Feed.FEEDER, 50, False), emit, lambda: None)
    assert not list(tmp_path.glob(f"{PREFIX}*"))
    assert seen == [(number, 0o700) for number in range(1, 11)]


def test_without_memory_a_feeder_is_refused_and_a_flatbed_scans(desk: SaneDesk, tmp_path: Path) -> None:
    """A page is never written in clear to a disk, and the flatbed's needs no file at all."""
    source = SanePageSource(memory=())
    assert scanned(source, ScanSettings(Feed.FEEDER, 50))[:2] == (0, "scanner_refused")
    assert scanned(source, ScanSettings(Feed.FLATBED, 50))[:2] == (1, "")


def test_a_driver_that_does_not_end_the_scan_is_killed(desk: SaneDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sane, "LETTING_GO", 0.1)
    desk.numbered_pile(1, last="trap '' TERM\nkill -STOP $$")
    others = set(children_of(os.getpid()))

    def give_up(*_: object) -> None:
        raise Refusal("scan_cancelled")

    with pytest.raises(Refusal, match="scan_cancelled"):
        SanePageSource().scan("sane:pnm:0", ScanSettings(Feed.FEEDER, 75, False, 9), give_up, lambda: None)
    assert set(children_of(os.getpid())) <= others


def test_a_whole_page_the_driver_could_not_announce_is_handed_over(desk: SaneDesk) -> None:
    """It was renamed to its final name and then killed: the page is whole."""
    desk.says('for word in "$@"; do case "$word" in --batch=*) at=${word#--batch=} ;; esac; done\n'
              'printf "P5\\n2 1\\n255\\nab" > "${at%/*}/1.pnm"; kill -9 $$')
    assert scanned(SanePageSource(), ScanSettings(Feed.FEEDER, 50))[:2] == (1, "scanner_died")


def test_half_a_page_is_never_handed_over(desk: SaneDesk) -> None:
    """The memory ran full: `scanimage` does not notice that its last words did not fit."""
    desk.says('for word in "$@"; do case "$word" in --batch=*) at=${word#--batch=} ;; esac; done\n'
              'printf "P5\\n2 2\\n255\\nab" > "${at%/*}/1.pnm"; echo "${at%/*}/1.pnm"')
    assert scanned(SanePageSource(), ScanSettings(Feed.FEEDER, 50))[:2] == (0, "scanner_io")


# the folder in memory
def test_what_killed_scans_left_is_swept_and_what_is_in_use_stays(tmp_path: Path) -> None:
    left = tmp_path / f"{PREFIX}left"
    left.mkdir()
    (left / ".lock").touch()
    (left / "1.pnm").write_bytes(b"P5")
    with memory_folder((tmp_path,)) as used:
        assert used is not None
        assert not left.exists()
        assert sweep((tmp_path,)) == 0
        assert used.exists()
    assert not used.exists()


def test_a_folder_on_a_disk_is_not_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_file_system", lambda path: "ext4")
    assert places() == ()
    with memory_folder() as folder:
        assert folder is None


def test_shared_memory_is_found_where_there_is_some() -> None:
    assert all(memory._file_system(place) in {"tmpfs", "ramfs"} for place in places())
    assert memory._file_system(Path("/proc")) == "proc"
