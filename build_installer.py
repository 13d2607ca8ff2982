"""Build what can be handed out on this machine's system, into `dist/`.

    python build_installer.py [--to DIR]          the installer: a .deb on Linux, an .exe on Windows
    python build_installer.py --wheel [--to DIR]  the project's wheel and source archive

Promise: the installer is made from this checkout and the two locks with hashes (`.ci/constraints.txt`,
`.ci/installer/constraints.txt`), in an environment that this command makes and keeps under `build/` when the
running Python has no PyInstaller; the finished program has passed its own `--self-test`, carries the list of its
parts (`sbom.cdx.json`) and their licences, and the same commit gives the same package. Its figures are printed as
JSON. Debian and Ubuntu need `binutils` and the shared library of their Python (`libpython3.11`), Windows NSIS 3.

Wheel and archive are built from the same copy of the checkout, offline, with the setuptools of the running
environment; the checkout itself is left as it was.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent
INSTALLER = ROOT / ".ci" / "installer"
ENVIRONMENT = ROOT / "build" / "installer-environment"
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


def locked_pyinstaller() -> str:
    """The version of PyInstaller that the installer's lock names."""
    lock = (INSTALLER / "constraints.txt").read_text(encoding="utf-8")
    found = re.search(r"^pyinstaller==(\S+)", lock, re.MULTILINE)
    assert found is not None
    return found.group(1)


def _set_up() -> ModuleType:
    """`.ci/start.py`, which knows how an environment is made from a lock."""
    spec = importlib.util.spec_from_file_location("start", ROOT / ".ci" / "start.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def builder() -> str:
    """A Python with exactly the locked packages and PyInstaller: this one, or one of its own under `build/`.

    Raises SystemExit with what is missing on this machine.
    """
    wanted = locked_pyinstaller()
    if importlib.util.find_spec("PyInstaller") is not None and importlib.metadata.version("pyinstaller") == wanted:
        return sys.executable
    start = _set_up()
    python: str = start.program(ENVIRONMENT, "python")
    mark = ENVIRONMENT / "made-for-installer.txt"
    digest = hashlib.sha256((INSTALLER / "constraints.txt").read_bytes()).hexdigest()
    try:
        start.make_environment(ENVIRONMENT)          # emptied first when it was made from another lock
        if not mark.is_file() or mark.read_text(encoding="utf-8") != digest:
            start.run_quietly([python, "-m", "pip", "install", "--quiet", "--no-input",
                               "--disable-pip-version-check", "--no-deps", "--require-hashes", "--only-binary",
                               ":all:", "-r", str(INSTALLER / "constraints.txt")], "Installing PyInstaller")
            mark.write_text(digest, encoding="utf-8")
    except start.CannotGoOn as reason:
        raise SystemExit(str(reason)) from reason
    return python


def build_installer(to: Path, words: Sequence[str]) -> int:
    """Build it in an environment that has PyInstaller; the build's exit code."""
    if sys.platform != "win32" and not (shutil.which("objdump") and shutil.which("dpkg-deb")):
        sys.stderr.write("Building a .deb needs binutils and dpkg-deb (apt-get install binutils)\n")
        return 1
    return subprocess.run([builder(), "-m", "installer", "--to", str(to.resolve()), *words], check=False, cwd=ROOT,
                          env=os.environ | {"PYTHONPATH": str(ROOT / ".ci"), "PYTHONUTF8": "1"}).returncode


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="build_installer.py", description="Build the installer for this system.")
    parser.add_argument("--to", type=Path, default=ROOT / "dist", metavar="DIR", help="default: dist")
    parser.add_argument("--wheel", action="store_true", help="the wheel and the source archive instead")
    parser.add_argument("--build-version", default="", metavar="V", help="instead of the one that git tells")
    parser.add_argument("--untried", action="store_true", help="skip the finished program's self-test")
    chosen = parser.parse_args(arguments)
    if not chosen.wheel:
        words = ["--untried"] if chosen.untried else []
        return build_installer(chosen.to, [*words, "--build-version", chosen.build_version])
    try:
        built = build(chosen.to)
    except subprocess.CalledProcessError as failed:
        sys.stderr.write(f"{failed.output}\nThe build failed; nothing of it is to be handed out.\n")
        return 1
    sys.stdout.writelines(f"{path}\n" for path in built)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
