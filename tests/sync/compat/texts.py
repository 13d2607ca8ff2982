"""The shortest operation of each type that the tests of this program write: a pytest plugin.

    QMC_TEXTS=FOLDER/operations.jsonl python -m pytest -p tests.sync.compat.texts tests/app/services …

What a release writes is what its tests make it write; nothing here knows the types. Each line has the text and its
signature by the key of the golden sets.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.operation import Operation
from app.store import journal
from sync.contract.messages import b64

TEXT_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))

_found: dict[str, str] = {}
_insert = journal.insert_operation


def _noting(connection: object, operation: Operation, *more: object, **words: object) -> object:
    held = _found.get(operation.header.type)
    if held is None or len(operation.payload) < len(held):
        _found[operation.header.type] = operation.payload
    return _insert(connection, operation, *more, **words)  # type: ignore[arg-type,func-returns-value]


def pytest_configure(config: pytest.Config) -> None:
    journal.insert_operation = _noting  # type: ignore[assignment]


def pytest_unconfigure(config: pytest.Config) -> None:
    place = Path(os.environ["QMC_TEXTS"])
    if place.exists():                             # another run of the same recording
        for line in place.read_text(encoding="utf-8").splitlines():
            payload = json.loads(line)["p"]
            kind = json.loads(payload)["type"]
            if kind not in _found or len(payload) < len(_found[kind]):
                _found[kind] = payload
    lines = [
        json.dumps({"p": _found[kind], "s": b64(TEXT_KEY.sign(_found[kind].encode()))}, ensure_ascii=False)
        for kind in sorted(_found)
    ]
    place.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
