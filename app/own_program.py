"""How this program starts a helper process of its own: one place to know it, frozen or not.

From the checkout a helper is `python -m MODULE …`. The installed program is one executable without a `python`
beside it, and answers to the same words: it runs the modules named in `HELPERS`, and nothing else, when its first
word is `-m`. Whoever starts `[sys.executable, "-m", "app", …]` therefore need not ask which of the two it is.
"""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from collections.abc import MutableMapping, Sequence
from pathlib import Path

HELPERS = (
    "app",                                # the courier and the second copy's keeper: the command line
    "app.devices.scanning.child",
    "app.imaging.child",
    "sync.gateway",                       # a demo office's own province
    "ui.background.camera_child",
    "ui.background.statement_child",
)
"""The modules of ours that are started as processes; a test holds the list against the calls."""

FORMER = "QMC_FORMER"
"""Environment variable: the version before, ready to be started in our place."""
NOT_TAKEN_OVER = 75
"""EX_TEMPFAIL: this version could not bring the book along and left it as it was; the one before it goes on."""

_FOREIGN = ("LD_LIBRARY_PATH",)


def is_installed() -> bool:
    """Whether this is the installed program, not a checkout run by a Python."""
    return bool(getattr(sys, "frozen", False))


def installed_facts() -> dict[str, str]:
    """What the build wrote about the installed program: version, commit, time. Nothing for a checkout."""
    if not is_installed():
        return {}
    facts: dict[str, str] = json.loads((Path(__file__).parents[1] / "build.json").read_text(encoding="utf-8"))
    return facts


def helper_command(module: str, arguments: Sequence[str] = ()) -> list[str]:
    """The command line that runs `module` (one of ours, with a `__main__` guard) in a process of its own."""
    return [sys.executable, "-m", module, *arguments]


def helper_environment() -> dict[str, str]:
    """The surroundings of a helper: ours, UTF-8 spoken, and one thread for number work, of which the pages are
    the parallel part."""
    return os.environ | {
        "PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1",
    }


def helper_asked_for(arguments: Sequence[str]) -> str | None:
    """The helper that the installed program's words `arguments` mean, None when they mean the program itself."""
    if len(arguments) >= 2 and arguments[0] == "-m" and arguments[1] in HELPERS:
        return arguments[1]
    return None


def become_helper(module: str, arguments: Sequence[str]) -> None:
    """Run `module` as `python -m` would, with `arguments` behind its name; ends as it ends."""
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def give_back_surroundings(environment: MutableMapping[str, str]) -> None:
    """Undo what the frozen program's starter put into `environment` for itself.

    Scanners, printers, sound and text recognition are the system's own programs: with our libraries before theirs
    they break in ways nobody would look for here. Our own helpers are told to begin anew.
    """
    for name in _FOREIGN:
        before = environment.pop(f"{name}_ORIG", None)
        if before:
            environment[name] = before
        else:
            environment.pop(name, None)
    environment["PYINSTALLER_RESET_ENVIRONMENT"] = "1"


def offer_former(environment: MutableMapping[str, str]) -> None:
    """Windows: tell this version that the one before could go on in its place, until it has once shown its window.

    On Linux the launcher in /usr/bin tells it and starts the other one; on Windows nobody stands before us.
    """
    former = Path(sys.executable).parents[1] / "former" / Path(sys.executable).name
    version = installed_facts().get("version", "")
    good = Path(environment.get("LOCALAPPDATA", "")) / "quay-mot-cua" / f"good-{version}"
    if sys.platform == "win32" and former.is_file() and not good.exists():
        environment[FORMER] = str(former)
        if len(sys.argv) == 1:                     # a window on another book, practice's too, proves nothing
            environment["QMC_GOOD"] = str(good)


def go_on_with_former(code: int) -> int:
    """Windows: the exit code, after the former version has gone on where `code` says that this one gives way."""
    former = os.environ.pop(FORMER, "")
    if sys.platform != "win32" or code != NOT_TAKEN_OVER or not former:
        return code
    os.environ.pop("QMC_GOOD", None)
    told = os.environ | {"QMC_REFUSED_BY": installed_facts().get("version", "")}
    return subprocess.run([former, *sys.argv[1:]], check=False, env=told).returncode
