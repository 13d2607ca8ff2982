"""A line that is cut at an exact byte of the file contents that travel over it, and counts them.

Requests pass as they come, byte for byte; the bodies of PATCH are counted as they are let through. With the
last byte that may pass, both ends are reset, as when the modem is unplugged.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.relay import relay

PIECE = 4096


@dataclass
class CuttingLine:
    """`cut_at`: how many bytes of contents may pass from now on; None: all. `passed` counts them."""

    target: tuple[str, int]
    url: str = ""
    cut_at: int | None = None
    passed: int = 0
    cuts: int = 0

    def prepare(self, cut_at: int | None) -> None:
        """Count from 0 and cut once at that byte."""
        self.passed, self.cut_at = 0, cut_at

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection(*self.target)
        except OSError:
            writer.transport.abort()
            return
        answers = asyncio.create_task(_copy(there, writer))
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while await self._one(reader, back):
                pass
            for end in (writer, back):
                end.transport.abort()
        answers.cancel()
        for end in (writer, back):
            end.close()
        await asyncio.gather(answers, writer.wait_closed(), back.wait_closed(), return_exceptions=True)

    async def _one(self, reader: asyncio.StreamReader, back: asyncio.StreamWriter) -> bool:
        """Pass one request on; False when the line is cut in it."""
        head = await reader.readuntil(b"\r\n\r\n")
        back.write(head)
        left = next((int(line.split(b":")[1]) for line in head.split(b"\r\n")
                     if line.lower().startswith(b"content-length:")), 0)
        while left:
            piece = await reader.read(min(left, PIECE))
            if not piece:
                return False
            left -= len(piece)
            if head.startswith(b"PATCH") and not await self._content(piece, back):
                return False
            if not head.startswith(b"PATCH"):
                back.write(piece)
        await back.drain()
        return True

    async def _content(self, piece: bytes, back: asyncio.StreamWriter) -> bool:
        if self.cut_at is not None and self.passed + len(piece) >= self.cut_at:
            part = piece[: self.cut_at - self.passed]
            self.passed, self.cut_at, self.cuts = self.cut_at, None, self.cuts + 1
            back.write(part)
            await back.drain()
            return False
        self.passed += len(piece)
        back.write(piece)
        await back.drain()
        return True


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()


@contextmanager
def cutting_line(upstream: str) -> Iterator[CuttingLine]:
    """The relay at `url` while the block runs."""
    parts = urlsplit(upstream)
    line = CuttingLine((parts.hostname or "", parts.port or 0))
    with relay(line.serve, "cutting-line") as port:
        line.url = f"http://127.0.0.1:{port}"
        yield line
