"""Find words that must not be readable, in whatever form and however deep they were packed.

    found = Search(words).through([folder, …])      where each stands, empty when nothing tells anything

Looked at: every byte of every file and the names themselves; what lies packed in them (zip, gzip, zlib, xz,
bzip2), again and again to `DEPTH`; the text of each PDF, whose letters are numbers of glyphs in the file. A
picture that can be opened is told as well: what is on it needs no letters.

Forms: UTF-8 composed and decomposed, as it is, in small and in capital letters, and without marks; UTF-16 of both
ends; JSON's \\u; percent; hexadecimal; base64 at each of its three steps; from its end to its beginning.
"""

from __future__ import annotations

import base64
import bz2
import io
import lzma
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pypdfium2

DEPTH = 5
MOST = 256 << 20
"""Bytes that one packed stream is unpacked to."""
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_STREAMS = re.compile(rb"\x1f\x8b\x08|\xfd7zXZ\x00|BZh[1-9]1AY&SY|PK\x03\x04|%PDF-1\.|%PDF-2\.")
_PICTURES = re.compile(
    rb"\xff\xd8\xff(?:\xe0..JFIF|\xe1..Exif|\xe2..ICC_|\xee\x00\x0eAdobe|\xdb\x00[\x43\x84]\x00)|"
    rb"\x89PNG\r\n\x1a\n|II\*\x00.\x00\x00\x00|MM\x00\*\x00\x00\x00|^P[456]\s\d+\s\d+\s", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Found:
    """`form` of `word` at `where`: the file, and what had to be unpacked on the way."""

    where: str
    word: str
    form: str


def forms_of(word: str) -> dict[str, bytes]:
    """What to look for, by what it is called; equal bytes once."""
    composed, bare = unicodedata.normalize("NFC", word), _bare(word)
    spelt = {
        "as it is": composed, "decomposed": unicodedata.normalize("NFD", word), "small": composed.lower(),
        "capital": composed.upper(), "small decomposed": unicodedata.normalize("NFD", word.lower()),
        "bare": bare, "bare small": bare.lower(), "bare capital": bare.upper(), "backwards": composed[::-1],
        "bare small backwards": bare.lower()[::-1],
    }
    forms: dict[str, bytes] = {}
    for name, text in spelt.items():
        encoded = text.encode()
        forms[name] = encoded
        for end in ("le", "be"):
            forms[f"{name}, UTF-16{end}"] = text.encode(f"utf-16-{end}")
        escaped = text.encode("ascii", "backslashreplace")
        forms[f"{name}, escaped"] = escaped
        forms[f"{name}, escaped by capitals"] = re.sub(
            rb"\\u([0-9a-f]{4})", lambda found: rb"\u" + found[1].upper(), escaped)
        forms[f"{name}, percent"] = quote(text).encode()
        forms[f"{name}, percent small"] = re.sub(
            rb"%[0-9A-F]{2}", lambda found: found[0].lower(), quote(text).encode())
        forms[f"{name}, hexadecimal"] = encoded.hex().encode()
        forms[f"{name}, hexadecimal capital"] = encoded.hex().upper().encode()
        for step in range(3):
            forms[f"{name}, base64 {step}"] = _base64_core(encoded, step)
    return {name: form for form, name in {form: name for name, form in reversed(forms.items())}.items()}


def _base64_core(content: bytes, step: int) -> bytes:
    """The letters that do not depend on what stands before and behind."""
    packed = base64.b64encode(b"\0" * step + content).rstrip(b"=")
    first = (step * 8 + 5) // 6
    last = (step + len(content)) * 8 // 6
    return packed[first:last]


def _bare(word: str) -> str:
    return "".join(
        each for each in unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
        if not unicodedata.combining(each))


class Search:
    """What is looked for, ready to be looked for in many contents."""

    def __init__(self, words: Iterable[str]) -> None:
        self._needles = [(word, name, form) for word in words for name, form in forms_of(word).items()]
        self.files = 0
        self.bytes = 0
        self.streams = 0

    def through(self, places: Iterable[Path]) -> list[Found]:
        """Every folder and file under `places`, and `places` themselves."""
        return self.each(path for place in places for path in [place, *sorted(place.rglob("*"))])

    def each(self, paths: Iterable[Path]) -> list[Found]:
        """The names of `paths`, and what is in those that are files; one that goes meanwhile is none."""
        found: list[Found] = []
        for path in paths:
            found += self._words(f"name of {path}", path.name.encode(errors="surrogateescape"))
            if not path.is_symlink() and path.is_file():
                try:
                    content = path.read_bytes()
                except FileNotFoundError:
                    continue
                self.files += 1
                self.bytes += len(content)
                found += self.inside(str(path), content)
        return found

    def inside(self, where: str, content: bytes, depth: int = 0) -> list[Found]:
        found = self._words(where, content)
        picture = _PICTURES.search(content)
        if picture is not None:
            found.append(Found(where, f"a picture at {picture.start()}", "picture"))
        if depth < DEPTH:
            for kind, at, part in _packed_in(content):
                self.streams += 1
                found += self.inside(f"{where} › {kind} at {at}", part, depth + 1)
        return found

    def _words(self, where: str, content: bytes) -> list[Found]:
        return [Found(where, word, name) for word, name, form in self._needles if form in content]


def _packed_in(content: bytes) -> Iterator[tuple[str, int, bytes]]:
    whole = memoryview(content)
    for begin in _ZLIB.finditer(content):
        part = _unpacked(zlib.decompressobj(), whole[begin.start():])
        if len(part) > 16:                             # a few bytes come out of any noise
            yield "zlib", begin.start(), part
    is_whole_zip = False
    for begin in _STREAMS.finditer(content):
        at, kind = begin.start(), begin[0]
        if kind.startswith(b"%PDF"):
            yield from (("PDF", at, part) for part in _pdf_texts(content[at:]))
        elif kind.startswith(b"PK"):
            if not is_whole_zip:
                entries = list(_zip_entries(content[at:]))
                is_whole_zip = bool(entries)
                yield from (("zip", at, entry) for entry in entries)
            if not is_whole_zip and len(content) > at + 30:
                yield "half a zip", at, _half_entry(content, at)
        elif kind.startswith(b"\x1f\x8b"):
            yield "gzip", at, _unpacked(zlib.decompressobj(47), whole[at:])
        elif kind.startswith(b"BZh"):
            yield "bzip2", at, _unpacked(bz2.BZ2Decompressor(), whole[at:])
        else:
            yield "xz", at, _unpacked(lzma.LZMADecompressor(), whole[at:])


def _unpacked(unpacker: Any, packed: bytes | memoryview) -> bytes:
    """As much as can be had: a stream that was cut off tells what stands before the cut."""
    out = bytearray()
    for at in range(0, len(packed), 64):
        try:
            out += unpacker.decompress(packed[at:at + 64])
        except (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError):
            break
        if getattr(unpacker, "eof", False) or len(out) > MOST:
            break
    return bytes(out)


def _zip_entries(content: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for entry in package.infolist():
                yield entry.filename.encode()
                yield package.read(entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        return


def _half_entry(content: bytes, at: int) -> bytes:
    """A package that broke off has no list of what is in it; the first bytes of an entry say where it begins."""
    names, extra = (int.from_bytes(content[at + 26 + step:at + 28 + step], "little") for step in (0, 2))
    return _unpacked(zlib.decompressobj(-15), content[at + 30 + names + extra:])


def _pdf_texts(content: bytes) -> Iterator[bytes]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return
    with document:
        yield " ".join(document.get_metadata_dict().values()).encode(errors="replace")
        for page in document:
            lines = page.get_textpage().get_text_range()
            yield unicodedata.normalize("NFC", lines).encode(errors="replace")


__all__ = ["Found", "Search", "forms_of"]
