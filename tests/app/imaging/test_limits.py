"""What a process that has bound itself can no longer do. Each test looks from inside such a process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.imaging.limits import Limits, peak_memory
from app.own_program import helper_environment

_BOUND = "import os\nfrom app.imaging.limits import *\nconfine(64 << 20, os.getppid())\n"


def _inside(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _BOUND + program],
        capture_output=True, text=True, env=helper_environment(), check=False,
    )


@pytest.mark.parametrize(("program", "shown"), [
    ("try:\n    bytearray(80 << 20)\nexcept MemoryError:\n    print('refused')", "refused"),
    ("print(len(bytearray(20 << 20)))", str(20 << 20)),
    ("import resource; print(resource.getrlimit(resource.RLIMIT_CORE))", "(0, 0)"),
    ("print(open('/proc/self/status').read().split('NoNewPrivs:')[1].split()[0])", "1"),
    ("print(os.nice(0) >= 5)", "True"),
    ("confine(64 << 20, os.getppid(), 19); print(os.nice(0))", "19"),
    ("print(0 < peak_memory() < 64 << 20)", "True"),
])
def test_a_bound_process(program: str, shown: str) -> None:
    done = _inside(program)
    assert (done.stdout.strip(), done.stderr) == (shown, "")


def test_a_bound_process_writes_no_file(tmp_path: Path) -> None:
    place = tmp_path / "leak"
    done = _inside(f"open({str(place)!r}, 'wb', buffering=0).write(b'x')")
    assert "OSError" in done.stderr
    assert not place.exists() or place.read_bytes() == b""


def test_a_bound_process_stops_computing_when_its_time_is_spent() -> None:
    done = _inside("allow_processor(0.2)\nwhile True: pass")
    assert done.returncode == -24, "SIGXCPU"


def test_the_memory_peak_is_this_process_own() -> None:
    block = bytearray(60 << 20)
    peak = peak_memory()
    assert peak > len(block)
    child = subprocess.run(
        [sys.executable, "-c", "from app.imaging.limits import peak_memory; print(peak_memory())"],
        capture_output=True, text=True, env=helper_environment(), check=True,
    )
    assert int(child.stdout) < peak


def test_the_limits_stay_under_what_is_promised() -> None:
    assert Limits().memory < 512 << 20
    assert Limits().page_seconds <= 10
