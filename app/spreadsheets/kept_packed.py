"""A workbook whose sheets are kept packed in memory while they grow: never as a file, never in clear.

XlsxWriter's own way to write many rows in little memory puts each row as XML into a temporary file, and each part
of the package into another. A list of citizens would then lie in the temporary folder, and stay there when the
program is killed or the power goes; its bytes stay on the disk even when the file is gone. Packed in memory, fifty
thousand rows of nine columns cost five megabytes, and no more time.
"""

from __future__ import annotations

import codecs
import io
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter.packager import Packager
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

_PIECE = 64 * 1024
_EXCELS_FIRST_DAY = (1980, 1, 1, 0, 0, 0)          # equal tables give equal files


class PackedText(io.StringIO):
    """Text that is written once to its end, then read once by `pieces`."""

    def __init__(self) -> None:
        super().__init__()
        self._packing = zlib.compressobj(1)
        self._packed: list[bytes] = []

    def write(self, text: str) -> int:
        super().write(text)
        if self.tell() >= _PIECE:
            self._pack()
        return len(text)

    def pieces(self) -> Iterator[bytes]:
        """All of it as UTF-8, whole characters in each piece; what was read is forgotten."""
        self._pack()
        self._packed.append(self._packing.flush())
        unpacking = zlib.decompressobj()
        self._packed.reverse()
        while self._packed:
            rest = self._packed.pop()
            while rest:
                yield unpacking.decompress(rest, _PIECE)
                rest = unpacking.unconsumed_tail
        yield unpacking.flush()

    def _pack(self) -> None:
        piece = self._packing.compress(self.getvalue().encode())
        self.seek(0)
        self.truncate()
        if piece:
            self._packed.append(piece)


class PackedSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """Each row is packed when the next one begins."""

    def _initialize(self, init_data: dict[str, Any]) -> None:
        super()._initialize(init_data | {"constant_memory": False})
        self.constant_memory = True
        self.row_data_fh = self.fh = PackedText()

    def _opt_close(self) -> None:
        """Nothing is open."""

    def _opt_reopen(self) -> None:
        self.fh = self.row_data_fh

    def _write_optimized_sheet_data(self) -> None:
        if self.dim_rowmin is None:
            self._xml_empty_tag("sheetData")
            return
        self._xml_start_tag("sheetData")
        decode = codecs.getincrementaldecoder("utf-8")().decode
        for piece in self.row_data_fh.pieces():
            self.fh.write(decode(piece))
        self._xml_end_tag("sheetData")


class _PackedParts(Packager):  # type: ignore[misc]
    """Puts the parts into the package itself, piece by piece, and leaves the workbook none to put there."""

    def __init__(self, target: BinaryIO) -> None:
        super().__init__()
        self._target = target

    def _filename(self, xml_filename: str) -> PackedText:
        part = PackedText()
        self.filenames.append((part, xml_filename, False))
        return part

    def _create_package(self) -> list[object]:
        super()._create_package()
        with ZipFile(self._target, "w", ZIP_DEFLATED) as package:
            for part, name, is_picture in self.filenames:
                if is_picture:
                    raise ValueError("pictures of a workbook are not packed")
                entry = ZipInfo(name, _EXCELS_FIRST_DAY)
                entry.compress_type = ZIP_DEFLATED
                with package.open(entry, "w") as written:
                    for piece in part.pieces():
                        written.write(piece)
        return []


class PackedWorkbook(Workbook):  # type: ignore[misc]
    """As `xlsxwriter.Workbook` with `constant_memory`, written to `target` when it is closed."""

    worksheet_class = PackedSheet

    def __init__(self, target: BinaryIO, options: dict[str, Any]) -> None:
        self._target = target
        super().__init__(io.BytesIO(), {**options, "constant_memory": True})

    def _get_packager(self) -> _PackedParts:
        return _PackedParts(self._target)
