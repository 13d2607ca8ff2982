"""How far the cells of a sheet reach, before anything is laid out for them."""

from __future__ import annotations

import re
from xml.parsers import expat

from app.spreadsheets.limits import Limits

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_DEEPEST = 100


class TooFarError(Exception):
    """More rows, columns or bytes than are read."""


class NotASheetError(Exception):
    """No well-formed part of a spreadsheet."""


def check_part(data: bytes, limits: Limits) -> None:
    """Look through one XML part. Raises TooFarError, NotASheetError.

    A document type is refused at once: no spreadsheet has one, and entities in it are how XML is made to explode.
    """
    reach = _Reach(limits)
    parser = expat.ParserCreate("utf-8")           # as the reader takes it, whatever the part declares
    parser.StartDoctypeDeclHandler = reach.on_doctype
    parser.StartElementHandler = reach.on_start
    parser.EndElementHandler = reach.on_end
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise NotASheetError from error
    finally:
        parser.StartDoctypeDeclHandler = parser.StartElementHandler = parser.EndElementHandler = None


class _Reach:
    """Rows and columns seen so far; a row or cell without a place of its own follows the one before it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._depth = 0
        self._row = self._column = 0
        self._most_row = self._most_column = 0

    def on_doctype(self, *_: object) -> None:
        raise NotASheetError

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotASheetError
        element = name.rpartition(":")[2]
        if element == "row":
            self._row = self._number(attributes.get("r"), self._row + 1)
            self._column = 0
            self._reached()
        elif element == "c":
            place = attributes.get("r")
            self._column, self._row = _parse(place) if place is not None else (self._column + 1, self._row)
            self._reached()

    def on_end(self, _name: str) -> None:
        self._depth -= 1

    @staticmethod
    def _number(text: str | None, otherwise: int) -> int:
        if text is None:
            return otherwise
        if not (text.isascii() and text.isdigit() and len(text) < 8):
            raise NotASheetError
        return int(text)

    def _reached(self) -> None:
        self._most_row = max(self._most_row, self._row)
        self._most_column = max(self._most_column, self._column)
        limits = self._limits
        if (self._most_row > limits.rows or self._most_column > limits.columns
                or self._most_row * self._most_column > limits.cells):
            raise TooFarError


def _parse(place: str) -> tuple[int, int]:
    """Column and row of `AB12`, both from 1."""
    found = _PLACE.fullmatch(place)
    if found is None or found[2].startswith("0"):
        raise NotASheetError
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column, int(found[2])
