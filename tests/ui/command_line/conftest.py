"""A demo office for the commands: enrolled with a real gateway of its own, once; each module gets a copy."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.paths import DataFolder, remember_data_folder
from tests.gateway_process import ReadyGateway
from ui import demo_office
from ui.command_line.folder import KEYS
from ui.launch import main


@dataclass(frozen=True)
class Answer:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on stdout."""
        (line,) = self.out.splitlines()
        found: dict[str, Any] = json.loads(line)
        return found


Run = Callable[..., Answer]


@pytest.fixture(scope="module")
def _account(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("account")


def _become(home: Path, patch: pytest.MonkeyPatch) -> None:
    """An account of its own: keys, the last opened folder and the data folder lie nowhere else."""
    patch.setenv(KEYS, str(home / "keys"))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "HOME", "APPDATA", "LOCALAPPDATA"):
        patch.setenv(name, str(home / name.lower()))


@pytest.fixture
def run(_account: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("code", "…", stdin=b"")` as `python -m app code …` in this process."""
    _become(_account, monkeypatch)

    def command(*arguments: object, stdin: bytes = b"") -> Answer:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="ascii"))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = main([str(argument) for argument in arguments])
            except SystemExit as end:
                code = int(str(end.code))
        said = []
        for stream in (out, err):
            stream.flush()
            raw = stream.buffer
            assert isinstance(raw, io.BytesIO)
            said.append(raw.getvalue().decode("utf-8"))
        return Answer(code, *said)

    return command


@pytest.fixture(scope="session")
def enrolled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An account with a demo office in `office`, to be copied: an enrolment takes seconds."""
    home = tmp_path_factory.mktemp("enrolled")
    with pytest.MonkeyPatch.context() as patch:
        _become(home, patch)
        patch.setattr(demo_office, "GatewayProcess", ReadyGateway)
        demo_office.make_demo_office(DataFolder(home / "office"), is_remembered=False)
    return home


@pytest.fixture(scope="module")
def demo(enrolled: Path, _account: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the module's own office, which it may change; commands that name no folder mean it."""
    folder = tmp_path_factory.mktemp("demo") / "office"
    shutil.copytree(enrolled / "office", folder)
    shutil.copytree(enrolled / "keys", _account / "keys")
    with pytest.MonkeyPatch.context() as patch:
        _become(_account, patch)
        remember_data_folder(DataFolder(folder))
    return folder
