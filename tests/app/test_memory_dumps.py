"""No process of ours that holds citizens' data leaves a picture of its memory when it crashes."""

from __future__ import annotations

import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.own_program import helper_command, helper_environment

CRASH = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
FRONT_DOOR = f"from ui.launch import main\ntry: main(['no-such-word'])\nexcept SystemExit: {CRASH}"
PATIENCE = 60.0


def begin(command: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    def allow_core() -> None:
        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        try:
            resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        except (ValueError, OSError):              # only root may ask for more than it was given
            resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    return subprocess.Popen(
        command, cwd=folder, env=helper_environment(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, preexec_fn=allow_core, start_new_session=True,
    )


def has_dumped(process: subprocess.Popen[bytes]) -> bool:
    """Whether its end by a crash left a dump, wherever the system puts them."""
    assert process.stdin is not None
    process.stdin.close()
    _, status = os.waitpid(process.pid, 0)
    process.returncode = status                    # reaped here: `wait` would not tell of the dump
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGSEGV
    return os.WCOREDUMP(status)


def test_the_front_door_closes_it_for_the_window_and_every_command(tmp_path: Path) -> None:
    assert not has_dumped(begin([sys.executable, "-c", FRONT_DOOR], tmp_path))
    assert list(tmp_path.iterdir()) == []
    assert has_dumped(begin([sys.executable, "-c", CRASH], tmp_path)), "nobody is dumped here: nothing was proved"


@pytest.mark.parametrize(("module", "arguments"), [
    ("app.imaging.child", ("{}", str(os.getpid()))), ("app.devices.scanning.child", ()),
    ("ui.background.camera_child", (str(os.getpid()), "", "60")),
])
def test_so_does_each_helper_that_sees_pages(tmp_path: Path, module: str, arguments: tuple[str, ...]) -> None:
    process = begin(helper_command(module, arguments), tmp_path)
    limits = Path(f"/proc/{process.pid}/limits")
    deadline = time.monotonic() + PATIENCE
    while "".join(limits.read_text().split("core file size")[1].split()[:2]) != "00":
        assert process.poll() is None and time.monotonic() < deadline, "it never closes it"
        select.select([], [], [], 0.01)
    os.kill(process.pid, signal.SIGSEGV)
    assert not has_dumped(process)
    assert list(tmp_path.iterdir()) == []
