"""Build what can be handed out today: the project's wheel and source archive, into `dist/`.

    python build_installer.py [--to DIR]

Promise: both are built from the same copy of the checkout, offline, with the setuptools of the running
environment (the locked one in `.venv`); the checkout itself is left as it was. All files of the four rooms go in,
catalogue, fonts and migrations too. Their paths are printed, one a line. The installers for the counter's PC
(.deb, and NSIS for Windows) arrive with release 0.6 and will be built from here.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ROOMS = ("app", "ui", "sync", "resources")
PAPERS = ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")
HOOKS = ("build_sdist", "build_wheel")

# A backend changes process-wide state (folder, sys.argv): each hook of the build standard runs in a process of
# its own and leaves the name of what it built in the file named last.
CALL_HOOK = ("import sys; from pathlib import Path; from setuptools import build_meta; "
             "Path(sys.argv[3]).write_text(getattr(build_meta, sys.argv[1])(sys.argv[2]), encoding='utf-8')")


def copy_checkout(to: Path) -> None:
    """Lay what is shipped into the empty folder `to`, without the traces of running it."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, to / room, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    for paper in PAPERS:
        shutil.copy2(ROOT / paper, to / paper)
    # setuptools takes only Python files by itself; this names the others.
    (to / "MANIFEST.in").write_text("".join(f"graft {room}\n" for room in ROOMS), encoding="utf-8")


def build(to: Path) -> list[Path]:
    """Build source archive and wheel into `to` (made when absent) and return where they lie.

    Raises subprocess.CalledProcessError with the backend's words in `output` when a build fails.
    """
    to.mkdir(parents=True, exist_ok=True)
    built = []
    with tempfile.TemporaryDirectory(prefix="quay-build-") as folder:
        source, answer = Path(folder) / "source", Path(folder) / "built"
        source.mkdir()
        copy_checkout(source)
        for hook in HOOKS:
            subprocess.run([sys.executable, "-c", CALL_HOOK, hook, str(to.resolve()), str(answer)], cwd=source,
                           env=os.environ | {"PYTHONUTF8": "1"}, check=True, stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")
            built.append(to / answer.read_text(encoding="utf-8"))
    return built


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="build_installer.py", description="Build wheel and source archive.")
    parser.add_argument("--to", type=Path, default=ROOT / "dist", metavar="DIR", help="default: dist")
    try:
        built = build(parser.parse_args(arguments).to)
    except subprocess.CalledProcessError as failed:
        sys.stderr.write(f"{failed.output}\nThe build failed; nothing of it is to be handed out.\n")
        return 1
    sys.stdout.writelines(f"{path}\n" for path in built)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
