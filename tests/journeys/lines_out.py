"""Every line that the program opens and every name that it asks for, its helper processes included.

Python tells each through its audit events: here from the block on, in a helper through the `sitecustomize` that it
imports before anything else. What stays within the machine (AF_UNIX) is none.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_HOOK = """
import os, sys

is_on = True


def told(event, values, file={file!r}):
    if not is_on or event not in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        return
    place = values[1] if event in ("socket.connect", "socket.sendto") else (*values, "")
    if isinstance(place, tuple):
        handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(handle, f"{{os.getpid()}} {{place[0]}}:{{place[1]}}\\n".encode())
        os.close(handle)


sys.addaudithook(told)
"""


@contextmanager
def lines_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Gives the file that fills with lines `pid host:port` while the block runs; `folder` is made."""
    folder.mkdir()
    file = folder / "lines"
    file.touch()
    source = folder / "sitecustomize.py"
    source.write_text(_HOOK.format(file=str(file)), encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))               # what helpers are given as PYTHONPATH
    monkeypatch.setenv("PYTHONPATH", str(folder))
    spec = importlib.util.spec_from_file_location("lines_out_of_here", source)
    assert spec is not None and spec.loader is not None
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    try:
        yield file
    finally:
        hook.is_on = False         # type: ignore[attr-defined]  # a hook that was added stays for good


def called(file: Path) -> set[str]:
    """The `host:port` of every line so far."""
    return {line.split(" ", 1)[1] for line in file.read_text(encoding="utf-8").splitlines()}


def callers(file: Path) -> set[int]:
    """The processes that opened them."""
    return {int(line.split(" ", 1)[0]) for line in file.read_text(encoding="utf-8").splitlines()}
