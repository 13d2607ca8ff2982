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


@dataclass(frozen=True, slots=True)
class _Made:
    """A subset in the form a document embeds."""

    font_file: bytes               # deflated
    length: int                    # of the font file before deflating
    widths: str                    # as a PDF array, 1/1000 em
    to_unicode: bytes              # deflated


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
            font = pdfdoc.PDFTrueTypeFont()
            font.Name, font.BaseFont = name, base
            font.FirstChar, font.LastChar = 0, len(subset) - 1
            font.Widths = made.widths
            font.ToUnicode = doc.Reference(_flate(made.to_unicode), "toUnicodeCMap:" + base)
            file = doc.Reference(_flate(made.font_file, Length1=made.length), "fontFile:" + base)
            font.FontDescriptor = doc.Reference(self._descriptor(base, file), "fontDescriptor:" + base)
            doc.Reference(font, name)
            doc.idToObject["BasicFonts"].dict[name] = font
        del self.state[doc]

    def _make_shared(self, base: str) -> _Made:
        if self._made is None:
            self._made = self._make(self._subset, base)
        return self._made

    def _make(self, subset: list[int], base: str) -> _Made:
        font_file = self.face.makeSubset(subset)
        widths = " ".join(f"{self.face.getCharWidth(letter):g}" for letter in subset)
        return _Made(zlib.compress(font_file, 9), len(font_file), f"[{widths}]",
                     zlib.compress(makeToUnicodeCMap(base, subset).encode()))

    def _descriptor(self, base: str, file: Any) -> Any:
        face = self.face
        symbolic = face.flags & ~32 | 4            # its codes are its own, no standard's (ISO 32000, 9.8.2)
        return pdfdoc.PDFDictionary({
            "Type": "/FontDescriptor", "Ascent": face.ascent, "CapHeight": face.capHeight, "Descent": face.descent,
            "Flags": symbolic, "FontBBox": pdfdoc.PDFArray(face.bbox), "FontName": pdfdoc.PDFName(base),
            "ItalicAngle": face.italicAngle, "StemV": face.stemV, "FontFile2": file,
            "MissingWidth": face.defaultWidth})


def _flate(compressed: bytes, **entries: int) -> Any:
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode"), **entries}), compressed,
                            filters=[])
