"""A gateway as users have it: a process of its own, on PostgreSQL or on a SQLite file."""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import IO, Any

from sync.gateway import admin
from sync.gateway.process import GatewayFailed, GatewayProcess, Launched
from tests import ready_python

OFFICE: dict[str, Any] = {
    "id": "bc-mau",
    "name": "Bưu cục Mẫu",
    "superior": "BƯU ĐIỆN TỈNH MẪU",
    "unit": "BỘ PHẬN MỘT CỬA XÃ THỬ",
    "place": "Xã Thử",
    "number_suffix": "/BPMC",
    "phone": "0200 000 000",
    "lookup": "tracuu.mau.example",
    "contact": "Bưu cục Mẫu, Xã Thử",
    "code_pattern": "{org}-{yymmdd}-{n:4}",
    "agencies": [
        {"id": "cong-an", "name": "Công an tỉnh Mẫu", "code": "H47.15"},
        {"id": "so-xay-dung", "name": "Sở Xây dựng tỉnh Mẫu", "code": "000.00.07.H47"},
    ],
    "sign_in": False,
    "counters": ["Quầy 1", "Quầy 2", "Quầy 3", "Quầy 4"],
    "clerks": [
        {"id": "nv1", "name": "Trần Thị Mẫu", "accounts": {"cong-an": "mau.ca", "so-xay-dung": "mau.xd"}},
        {"id": "nv2", "name": "Lê Văn Thử", "accounts": {"cong-an": "thu.ca", "so-xay-dung": "thu.xd"}},
    ],
}


def office(**changes: Any) -> dict[str, Any]:
    """The sample office file with other values in it."""
    return {**copy.deepcopy(OFFICE), **changes}


class ReadyGateway(GatewayProcess):
    """Serves in a process of its own that is forked (`ready_python`); the operator's commands run in this one.
    Both save the imports of a start."""

    def _launch(self, arguments: Sequence[str], log: IO[str]) -> Launched:
        return ready_python.start(arguments, log)

    def operate(self, command: str, *arguments: str) -> dict[str, Any]:
        said = io.StringIO()
        with redirect_stdout(said):
            admin.main([command, *arguments, *self._place])
        answer: dict[str, Any] = json.loads(said.getvalue())
        if not answer["ok"]:
            raise GatewayFailed(answer)
        return answer


class OperatedHere(ReadyGateway):
    """Counters made of bare HTTP may speak here without signing, as programs of before do."""

    def __init__(self, data: Path, database_url: str | None = None, log: Path | None = None) -> None:
        super().__init__(data, database_url, log)
        self.options = ["--require-signatures", "known"]


@contextmanager
def running_gateway(
    data: Path, database_url: str | None = None, content: dict[str, Any] | None = None,
) -> Iterator[GatewayProcess]:
    """A started gateway that knows one office; ended with the block whatever was done to it inside."""
    process = OperatedHere(data, database_url)
    process.start()
    try:
        process.add_office(content or OFFICE)
        yield process
    finally:
        process.stop()
