"""The words on a page, when there is a program that reads them; silence when there is none."""

from __future__ import annotations

import io
import os
import shutil
import stat
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from app.imaging.limits import Limits
from app.imaging.text_languages import text_languages
from app.imaging.text_layer import text_layer
from tests.faults.bomb_pictures import saved
from tests.imaging_pages import page

LIMITS = Limits()
UPRIGHT = page("text", dpi=150).crop((0, 0, 1240, 320))
BLANK = UPRIGHT.point(lambda _: 255)


def _words(layer: bytes) -> str:
    with pdfium.PdfDocument(layer) as opened:
        text: str = opened[0].get_textpage().get_text_range()
        return text


@pytest.mark.parametrize("turn", [0, 90])
def test_words_are_read_on_the_page_as_it_will_stand(turn: int) -> None:
    layer = text_layer(saved(UPRIGHT.rotate(turn, expand=True), "PNG", dpi=(150, 150)), turn, LIMITS)
    if not layer:
        assert shutil.which("tesseract") is None
        return
    with pikepdf.open(io.BytesIO(layer)) as made:
        box = [float(each) for each in made.pages[0].MediaBox]
        assert not made.pages[0].resources.get("/XObject"), "words only, no picture"
    assert box[2:] == pytest.approx([UPRIGHT.width * 72 / 150, UPRIGHT.height * 72 / 150], abs=1)
    assert "NAM" in _words(layer)


def test_a_blank_page_has_no_text_layer() -> None:
    assert text_layer(saved(BLANK, "PNG", dpi=(150, 150)), 0, LIMITS) == b""


@pytest.mark.parametrize("script", [
    None, "#!/bin/sh\nexit 1\n", "#!/bin/sh\ncat >/dev/null; echo no PDF\n", "#!/bin/sh\nkill -9 $$\n",
    "#!/bin/sh\nexec sleep 60\n", "#!/bin/sh\ncat >/dev/null; head -c 9000000 /dev/zero\n",
])
def test_no_reader_or_a_broken_one_means_no_text_layer(
    script: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    if script is not None:
        program = tmp_path / "tesseract"
        program.write_text(script)
        program.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path), "/bin", "/usr/bin"]) if script else str(tmp_path))
    assert text_layer(saved(BLANK, "PNG"), 0, Limits(document_seconds=0.5)) == b""


@pytest.mark.parametrize(("script", "languages"), [
    (None, ()),
    ("#!/bin/sh\n[ $1 = --list-langs ] && printf 'List of (4):\\nvie\\nosd\\neng\\n\\n../x\\n'\n", ("eng", "vie")),
    ("#!/bin/sh\nprintf 'List of (1):\\nvie\\n'; exit 1\n", ()),
    ("#!/bin/sh\nkill -9 $$\n", ()),
    ("not a program", ()),
])
def test_the_languages_of_this_pc(
    script: str | None, languages: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    if script is not None:
        program = tmp_path / "tesseract"
        program.write_text(script)
        program.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert text_languages() == languages
