"""The words on a page as an invisible layer, so that a digitised paper can be searched: Tesseract, if installed.

Optional by nature: no Tesseract, no Vietnamese in it, too slow or nothing found all mean "no text layer" and are
no error. It runs as a process of its own under this process's limits, reads the page from its stdin and writes
to its stdout: nothing is on the disk.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys

import pikepdf

from app.imaging.limits import Limits, allow_processor, die_with_parent
from app.imaging.opening import open_picture
from app.imaging.text_languages import VIETNAMESE

_DPI_UNSAID = 200
_MOST_ANSWER = 8 << 20


def text_layer(content: bytes, turn: int, limits: Limits) -> bytes:
    """One page of PDF with the words that are read on `content` after turning it clockwise by `turn` degrees, in
    a font without shapes; empty when there is none to be had."""
    program = shutil.which("tesseract")
    picture = open_picture(content, limits)
    if program is None:
        return b""
    dpi = picture.info["dpi"][0] if "dpi" in picture.info else _DPI_UNSAID
    grey = picture.convert("L")
    page = io.BytesIO()
    upright = grey.rotate(-turn, expand=True) if turn % 360 else grey
    upright.save(page, "BMP")              # Leptonica on Windows puts a PPM into a temporary file to read it
    answer = _ask(program, page.getvalue(), dpi, limits.document_seconds * 0.8)
    return answer if _has_words(answer) else b""


def _ask(program: str, page: bytes, dpi: int, seconds: float) -> bytes:
    command = [program, "-", "-", "-l", VIETNAMESE, "--dpi", str(dpi), "-c", "textonly_pdf=1", "pdf"]
    parent = os.getpid()

    def bind() -> None:                    # in the new process, before it becomes Tesseract
        die_with_parent(parent)
        allow_processor(seconds)

    try:
        done = subprocess.run(
            command, input=page, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=seconds, check=False,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"}, preexec_fn=None if sys.platform == "win32" else bind,
        )
    except (OSError, subprocess.SubprocessError):
        return b""
    return done.stdout if done.returncode == 0 and len(done.stdout) <= _MOST_ANSWER else b""


def _has_words(answer: bytes) -> bool:
    """A whole PDF of one page that shows text."""
    try:
        with pikepdf.open(io.BytesIO(answer)) as layer:
            return len(layer.pages) == 1 and any(
                str(step.operator) in ("Tj", "TJ") for step in pikepdf.parse_content_stream(layer.pages[0])
            )
    except (pikepdf.PdfError, ValueError):
        return False
