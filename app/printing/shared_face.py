"""A face whose usual letters are cut out and compressed once per process, not once per paper.

reportlab makes a new subset of each face for each document: four times 3 ms and the larger part of a receipt's
time. Vietnamese fits one subset of 255 codes (ASCII, 134 accented letters, the signs official papers use), so all
papers share it; a letter outside it goes the ordinary way into a second subset. A paper grows by some 60 KB.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont, makeToUnicodeCMap

VIETNAMESE = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"   # 67; upper case doubles them
_SIGNS = "–—‘’“”…•·°§«»₫□½²³×±№ªº"
USUAL = [*map(chr, range(33, 127)), *VIETNAMESE, *VIETNAMESE.upper(), *_SIGNS]


class _Ready(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab ships no type information
    """A PDF object already in bytes; `%b` in it stand for references to other objects."""

    __RefOnly__ = 1                # reportlab's mark for what must be an object of its own

    def __init__(self, written: bytes, *references: Any) -> None:
        self._written, self._references = written, references

    def format(self, document: Any) -> bytes:
        if not self._references:
            return self._written
        return self._written % tuple(reference.format(document) for reference in self._references)


@dataclass(frozen=True, slots=True)
class _Made:
    """The objects of a subset as a document embeds them; the first two with `%b` for references."""

    font: bytes                    # to unicode, descriptor
    descriptor: bytes              # font file
    to_unicode: bytes
    font_file: bytes


class SharedFace(TTFont):  # type: ignore[misc]  # reportlab ships no type information
    """A TrueType face with one subset common to all documents."""

    def __init__(self, name: str, ttf: bytes) -> None:
        super().__init__(name, BytesIO(ttf), asciiReadable=0)
        letters = [letter for letter in USUAL if ord(letter) in self.face.charToGlyph]
        # Code 0 is the missing glyph, and 32 must be the blank: PDF's word spacing counts that code.
        self._subset = [0, *map(ord, letters[:31]), 32, *map(ord, letters[31:])]
        if len(self._subset) > 256:
            raise ValueError("the usual letters must fit one subset")
        self._codes = {chr(letter): code for code, letter in enumerate(self._subset) if code}
        self._codes["\u00a0"] = 32
        self._made: _Made | None = None

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        if doc not in self.state:
            state = TTFont.State(0, self)
            state.subsets = [list(self._subset)]
            state.assignments = {letter: code for code, letter in enumerate(self._subset)}
            state.nextCode = 256
            self.state[doc] = state
        try:
            return [(0, bytes([self._codes[letter] for letter in text]))] if text else []
        except KeyError:
            split: list[tuple[int, bytes]] = super().splitString(text, doc, encoding)
            return split

    def addObjects(self, doc: Any) -> None:
        """As reportlab's, but the shared subset comes ready made."""
        state = self.state[doc]
        state.frozen = 1
        for number, subset in enumerate(state.subsets):
            name = self.getSubsetInternalName(number, doc)[1:]
            base = b"".join((SUBSETN(number), b"+", self.face.name)).decode("ascii")
            made = self._make(subset, base) if number else self._make_shared(base)
            to_unicode = doc.Reference(_Ready(made.to_unicode), "toUnicodeCMap:" + base)
            file = doc.Reference(_Ready(made.font_file), "fontFile:" + base)
            descriptor = doc.Reference(_Ready(made.descriptor, file), "fontDescriptor:" + base)
            font = _Ready(made.font, to_unicode, descriptor)
            doc.Reference(font, name)
            doc.idToObject["BasicFonts"].dict[name] = font
        del self.state[doc]

    def _make_shared(self, base: str) -> _Made:
        if self._made is None:
            self._made = self._make(self._subset, base)
        return self._made

    def _make(self, subset: list[int], base: str) -> _Made:
        face = self.face
        font_file = face.makeSubset(subset)
        widths = " ".join(f"{face.getCharWidth(letter):g}" for letter in subset)
        box = " ".join(f"{edge:g}" for edge in face.bbox)
        symbolic = face.flags & ~32 | 4            # its codes are its own, no standard's (ISO 32000, 9.8.2)
        font = (f"<< /Type /Font /Subtype /TrueType /BaseFont /{base} /FirstChar 0 /LastChar {len(subset) - 1} "
                f"/Widths [{widths}] /ToUnicode %b /FontDescriptor %b >>")
        descriptor = (f"<< /Type /FontDescriptor /FontName /{base} /Flags {symbolic} /FontBBox [{box}] "
                      f"/ItalicAngle {face.italicAngle:g} /Ascent {face.ascent:g} /Descent {face.descent:g} "
                      f"/CapHeight {face.capHeight:g} /StemV {face.stemV:g} /MissingWidth {face.defaultWidth:g} "
                      f"/FontFile2 %b >>")
        to_unicode = makeToUnicodeCMap(base, subset).encode("ascii")
        return _Made(font.encode("ascii"), descriptor.encode("ascii"), _deflated(to_unicode),
                     _deflated(font_file, f"/Length1 {len(font_file)} "))


def _deflated(content: bytes, entries: str = "") -> bytes:
    """A stream object of `content`."""
    packed = zlib.compress(content, 9)
    head = f"<< /Filter /FlateDecode {entries}/Length {len(packed)} >>\nstream\n".encode("ascii")
    return head + packed + b"\nendstream\n"
