"""A search that finds nothing proves nothing unless it finds what is there: each form, in each wrapping."""

from __future__ import annotations

import base64
import binascii
import bz2
import gzip
import io
import json
import lzma
import random
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from PIL import Image

from app.printing.receipt import render_receipt
from tests.app.printing.samples import TYPICAL
from tests.faults.canary_search import Search

WORD = "Khướuquạđen"
NOISE = random.Random(1).randbytes(40_000)


def zipped(content: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.xml", content)
    return whole.getvalue()


WRAPPINGS: dict[str, Callable[[bytes], bytes]] = {
    "bare": bytes, "zlib": zlib.compress, "gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress,
    "zip": zipped, "half a zip": lambda content: zipped(content)[:-30],
    "cut off": lambda content: zlib.compress(content + NOISE)[:9_000],
    "zip in gzip in zip": lambda content: zipped(gzip.compress(zipped(content))),
}


def found(content: bytes, word: str = WORD) -> bool:
    return bool(Search([word]).inside("x", content))


WRITTEN: dict[str, bytes] = {
    "as it is": WORD.encode(),
    "decomposed": unicodedata.normalize("NFD", WORD).encode(),
    "in capitals": WORD.upper().encode(),
    "without its marks": b"Khuouquaden",
    "wide, the little end first": WORD.encode("utf-16-le"),
    "wide, the big end first": WORD.upper().encode("utf-16-be"),
    "decomposed and wide": unicodedata.normalize("NFD", WORD.lower()).encode("utf-16-le"),
    "JSON": json.dumps(WORD).encode(),
    "JSON by capitals": rb"Kh\u01B0\u1EDBuqu\u1EA1\u0111en",
    "hexadecimal": WORD.encode().hex().encode(),
    "hexadecimal by capitals": binascii.hexlify(WORD.encode()).upper(),
    "an address": quote_plus(WORD).encode(),
    "an address by small letters": b"Kh%c6%b0%e1%bb%9buqu%e1%ba%a1%c4%91en",
    "base64 for addresses": base64.urlsafe_b64encode(WORD.encode()),
    "from its end": "".join(reversed(WORD)).encode(),
    "bare, from its end": b"khuouquaden"[::-1],
}
"""As others write it, not as the search spells it."""


@pytest.mark.parametrize("way", WRITTEN)
def test_however_it_is_written_it_is_found_in_the_middle_of_noise(way: str) -> None:
    assert found(NOISE + WRITTEN[way] + NOISE)


@pytest.mark.parametrize("wrapping", sorted(WRAPPINGS))
def test_what_is_packed_is_found(wrapping: str) -> None:
    wrap = WRAPPINGS[wrapping]
    assert found(NOISE[:999] + wrap(f"<c>{WORD}</c>".encode() + NOISE[:500]) + NOISE[:999])
    assert not found(NOISE[:999] + wrap(b"<c>nothing</c>" + NOISE[:500]) + NOISE[:999])


def test_whoever_wrote_it_and_whatever_stood_before_it() -> None:
    for before in ("", "x", "xy", "Tổ 3, thôn "):
        text = f"{before}{WORD} và hơn nữa"
        assert found(base64.b64encode(text.encode()))
        assert found(json.dumps({"name": text}).encode())
        assert found(quote_plus(text).encode())
        assert found(f"ten=khuouquaden&x={before}".encode())


def test_the_text_of_a_paper_is_read() -> None:
    pdf = render_receipt(TYPICAL)
    assert "Nghiệm".encode() not in pdf, "glyphs, not letters"
    assert found(NOISE + pdf, "Nghiệm") and not found(NOISE + pdf)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "PPM"])
def test_a_picture_is_told_whatever_is_on_it(tmp_path: Path, kind: str) -> None:
    Image.new("RGB", (90, 50), "white").save(tmp_path / "a", kind)
    (hit,) = Search([WORD]).through([tmp_path])
    assert hit.form == "picture"


def test_a_name_of_a_file_tells_too(tmp_path: Path) -> None:
    (tmp_path / "hs-khuouquaden-1").mkdir()
    assert [hit.form for hit in Search([WORD]).through([tmp_path])] == ["bare small"]


def test_noise_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(random.Random(7).randbytes(2_000_000))
    searched = Search([WORD, "86429751"])
    assert searched.through([tmp_path]) == []
    assert (searched.files, searched.bytes) == (1, 2_000_000)
