"""The README's two commands: set this checkout up, then run the main job or the tests.

    python3 .ci/start.py          the main job (a window where there is a display, else a play through it)
    python3 .ci/start.py test     ruff, mypy, import-linter, pytest; pytest's closing line stands last

Promise: on Debian or Ubuntu with root or sudo nothing else has to be typed. Asked for is only what is
missing; a second run asks for nothing and needs no line. Standard library only, Python 3.11 to 3.14. Packages come
through the machine's own apt and pip, whatever mirrors these are set to; the versions and hashes
stand in `.ci/constraints.txt` (written by `.ci/lock`).
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import io
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / ".ci" / "constraints.txt"
OLDEST, FIRST_UNKNOWN = (3, 11), (3, 15)
IS_WINDOWS = os.name == "nt"
COMPILED_NEVER = "PYTHONDONTWRITEBYTECODE"   # set, each of our processes would compile everything anew

RUN_PACKAGES = (
    # Qt, with and without a screen
    "libegl1", "libgl1", "libxkbcommon0", "libfontconfig1", "libdbus-1-3", "libglib2.0-0",
    # Qt on an X11 screen
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-image0", "libxcb-render-util0", "libxcb-xkb1",
    "libxkbcommon-x11-0", "libxcb-shape0", "libxcb-randr0", "libxcb-util1",
    "libcups2",     # without it Qt silently knows no printer
    "libpulse0", "libxrandr2",  # Qt Multimedia and its FFmpeg are linked against them, also for pictures alone
    "sane-utils", "libsane1",   # document scanners
    "tzdata",       # Asia/Ho_Chi_Minh
)
# A real print queue; PostgreSQL is asked for beside these where no initdb is found.
# An eSCL client that is not ours, text recognition in Vietnamese, and who counts the calls of a save.
TEST_PACKAGES = ("cups", "cups-client", "printer-driver-cups-pdf", "sane-airscan",
                 "tesseract-ocr", "tesseract-ocr-vie", "strace",
                 # The real browser in which the operator's page is read: Chromium, as Qt WebEngine. ALSA's library
                 # by the tools that need it: its own package is called otherwise on newer Debian and Ubuntu.
                 "libnss3", "libgbm1", "libxcomposite1", "libxdamage1", "libxkbfile1", "libxtst6", "libxcb-dri3-0",
                 "libgssapi-krb5-2", "alsa-utils")
POSTGRESQL_PROGRAMS = Path("/usr/lib/postgresql")
POSTGRESQL_CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.conf")


class CannotGoOn(Exception):
    """Set-up stops here; the text says what to do, in English and Vietnamese."""


def say(english: str, vietnamese: str = "") -> None:
    sys.stdout.write(f"• {english}" + (f"  —  {vietnamese}" if vietnamese else "") + "\n")
    sys.stdout.flush()


def run_quietly(command: Sequence[str], step: str, env: Mapping[str, str] | None = None) -> None:
    """Run `command`; its words are shown only when it fails, and then set-up stops."""
    done = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        shown = "\n".join(done.stdout.splitlines()[-40:])
        raise CannotGoOn(f"{shown}\n{step} failed: {shlex.join(command)}\n"
                         "Không làm được bước này; xem các dòng trên.")


# --- System packages --------------------------------------------------------------------------------------------

def wanted_packages(for_tests: bool, has_ensurepip: bool, has_postgresql: bool) -> list[str]:
    """The Debian packages this run needs, without those whose work is visibly done by something else."""
    wanted = list(RUN_PACKAGES)
    if not has_ensurepip:   # Debian takes it out of its Python
        wanted.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if for_tests:
        wanted += TEST_PACKAGES
        if not has_postgresql:
            wanted.append("postgresql")
    return wanted


def missing_packages(wanted: Iterable[str], installed: Iterable[str]) -> list[str]:
    """What of `wanted` is not in `installed`; Ubuntu's `…t64` names count for the old ones."""
    have = set(installed)
    return [name for name in wanted if name not in have and f"{name}t64" not in have]


def installed_packages(names: Iterable[str]) -> list[str]:
    asked = [spelling for name in names for spelling in (name, f"{name}t64")]
    answer = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n", *asked],
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    rows = (line.split() for line in answer.stdout.splitlines())
    return [row[1] for row in rows if row[0] == "installed"]


def root_prefix(missing: Sequence[str]) -> list[str]:
    """What to put before a command that needs root; stops with the exact line to type when there is no way."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        if sys.stdin.isatty():
            return ["sudo"]
        if subprocess.run(["sudo", "-n", "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0:
            return ["sudo", "-n"]
    raise CannotGoOn(
        "System packages are missing and neither root nor sudo is at hand. Let somebody with root type:\n"
        f"    apt-get update && apt-get install -y --no-install-recommends {' '.join(missing)}\n"
        "and start again (or go on without them: --no-system).\n"
        "Thiếu gói hệ thống mà không có quyền root hay sudo: nhờ người quản trị gõ dòng trên rồi chạy lại.")


def install_system_packages(for_tests: bool) -> None:
    if not shutil.which("dpkg-query") or not shutil.which("apt-get"):
        if not IS_WINDOWS:
            say("not Debian or Ubuntu: the Qt libraries" + (", CUPS and PostgreSQL" if for_tests else "")
                + " are taken as installed", "không phải Debian/Ubuntu: coi như đã có thư viện hệ thống")
        return
    has_postgresql = bool(shutil.which("initdb") or list(POSTGRESQL_PROGRAMS.glob("*/bin/initdb")))
    wanted = wanted_packages(for_tests, importlib.util.find_spec("ensurepip") is not None, has_postgresql)
    missing = missing_packages(wanted, installed_packages(wanted))
    if not missing:
        return
    prefix = root_prefix(missing)
    say(f"installing {len(missing)} system packages: {' '.join(missing)}", "cài gói hệ thống còn thiếu")
    started = time.monotonic()
    if "postgresql" in missing:
        keep_postgresql_from_starting(prefix)
    run_quietly([*prefix, "apt-get", "-q", "-o", "Acquire::Retries=3", "update"], "Refreshing the package lists")
    run_quietly([*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "UCF_FORCE_CONFFOLD=1",
                 "apt-get", "-q", "install", "-y", "--no-install-recommends", "-o", "Acquire::Retries=3",
                 "-o", "DPkg::Lock::Timeout=300", *missing], "Installing system packages")
    importlib.invalidate_caches()   # ensurepip may have come just now
    say(f"system packages: {time.monotonic() - started:.0f} s")


def keep_postgresql_from_starting(prefix: Sequence[str]) -> None:
    """Ask Debian not to create and start a database cluster of its own: the tests start theirs, on a free port.

    Written only where PostgreSQL was never set up; an existing setting is left alone.
    """
    if POSTGRESQL_CLUSTER_SETTINGS.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "createcluster.conf"
        settings.write_text("# Written by quay-mot-cua (.ci/start.py) before it installed postgresql for tests.\n"
                            "create_main_cluster = false\n", encoding="utf-8")
        run_quietly([*prefix, "install", "-D", "-m", "644", str(settings), str(POSTGRESQL_CLUSTER_SETTINGS)],
                    "Writing PostgreSQL's cluster setting")
    say(f"PostgreSQL starts no server of its own (create_main_cluster = false in {POSTGRESQL_CLUSTER_SETTINGS})",
        "PostgreSQL không tự chạy máy chủ nào")


# --- The Python environment -------------------------------------------------------------------------------------

def program(environment: Path, name: str) -> str:
    return str(environment / "Scripts" / f"{name}.exe" if IS_WINDOWS else environment / "bin" / name)


def lock_mark() -> str:
    """What an environment was made from: this interpreter and these exact packages."""
    digest = hashlib.sha256(CONSTRAINTS.read_bytes()).hexdigest()
    return f"{sys.implementation.cache_tag} {sys.platform} {sys.base_prefix} {digest}\n"


def make_environment(environment: Path) -> None:
    """A virtual environment with exactly the locked packages; nothing to do when it is already that."""
    mark = environment / "made-from.txt"
    has_python = Path(program(environment, "python")).exists()
    if has_python and mark.is_file() and mark.read_text(encoding="utf-8") == lock_mark():
        return
    if environment.exists() and not (environment / "pyvenv.cfg").is_file() and any(environment.iterdir()):
        raise CannotGoOn(f"{environment} is not a virtual environment and not empty: choose another --venv.\n"
                         "Thư mục này không trống: chọn thư mục khác cho --venv.")
    if importlib.util.find_spec("ensurepip") is None:
        raise CannotGoOn("This Python has no ensurepip (Debian: package python3-venv).\nThiếu gói python3-venv.")
    say(f"making {environment} with the locked packages, about 1 GB on disk, minutes on a slow line",
        "tạo môi trường Python, có thể mất vài phút")
    started = time.monotonic()
    # Emptied first: packages that left the lock must not stay behind and hide a missing dependency.
    venv.EnvBuilder(clear=True, with_pip=True, symlinks=not IS_WINDOWS).create(environment)
    run_quietly([program(environment, "python"), "-m", "pip", "install", "--quiet", "--no-input",
                 "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:",
                 "-r", str(CONSTRAINTS)],
                "Installing the locked packages", env=os.environ | {"PIP_USER": "0"})
    mark.write_text(lock_mark(), encoding="utf-8")
    say(f"Python packages: {time.monotonic() - started:.0f} s")


# --- What is run in it ------------------------------------------------------------------------------------------

def checks(environment: Path) -> list[list[str]]:
    return [
        [program(environment, "ruff"), "check", "."],
        [program(environment, "mypy")],
        [program(environment, "lint-imports")],
        # Each file whole to one worker: what a module shares is made once.
        [program(environment, "python"), "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile",
         "--no-loadscope-reorder"],      # in order of the rooms: the few long journeys are not left to the end
    ]


def test_environment(around: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The variables the tests run under: no screen, no key ring, no folder of the person who runs them."""
    left_out = {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PYTHONHOME", "PYTHONSTARTUP",
                COMPILED_NEVER}
    env = {name: value for name, value in around.items() if name not in left_out}
    env |= {
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "QT_QPA_PLATFORM": "offscreen",
    }
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_STATE_HOME"):
        own = folder / name.lower().removeprefix("xdg_")
        own.mkdir(mode=0o700, exist_ok=True)   # Qt warns of a runtime folder that others may read
        env[name] = str(own)
    return env


def run_checks(environment: Path) -> int:
    """All checks in order, stopping at the first that fails; prints nothing after pytest's closing line."""
    with tempfile.TemporaryDirectory(prefix="quay-") as folder:
        env = test_environment(os.environ, Path(folder))
        *before, tests = checks(environment)
        with reading_ahead(tests, env):
            code = run_before(before, env)
        if code:
            return code
        return subprocess.run(tests, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False).returncode


@contextmanager
def reading_ahead(tests: Sequence[str], env: Mapping[str, str]) -> Iterator[None]:
    """Meanwhile the tests are looked up once, so that each worker finds every file compiled.

    The checks before them use one core only. What this finds is thrown away: pytest looks again and says it.
    """
    looked = subprocess.Popen([*tests[:3], "-q", "-n", "0", "--collect-only"], cwd=ROOT, env=env,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        looked.wait()


def run_before(commands: Sequence[Sequence[str]], env: Mapping[str, str]) -> int:
    """In order; the exit code of the first that fails, or 0."""
    for command in commands:
        started = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False).returncode
        name = Path(command[0]).stem
        say(f"{name}: {'passed' if code == 0 else 'FAILED'} in {time.monotonic() - started:.0f} s",
            "đạt" if code == 0 else "KHÔNG đạt")
        if code:
            return code
    return 0


def run_main_job(environment: Path) -> int:
    env = {name: value for name, value in os.environ.items() if name != COMPILED_NEVER}
    return subprocess.run([program(environment, "python"), "-m", "app", "demo"], cwd=ROOT, env=env,
                          check=False).returncode


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="start.py",
                                     description="Set up this checkout, then run the main job or the tests.")
    parser.add_argument("what", nargs="?", choices=["demo", "test"], default="demo",
                        help="demo: the main job (default)")
    parser.add_argument("--no-system", action="store_true", help="leave system packages alone")
    parser.add_argument("--venv", type=Path, default=ROOT / ".venv", metavar="DIR", help="default: .venv")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    chosen = read_arguments(arguments)
    environment = chosen.venv.resolve()
    is_test = chosen.what == "test"
    try:
        if not OLDEST <= sys.version_info[:2] < FIRST_UNKNOWN:
            found = f"{sys.version_info.major}.{sys.version_info.minor}"
            raise CannotGoOn(f"Python {found} is not supported: use 3.11 to 3.14.\nCần Python từ 3.11 đến 3.14.")
        if not chosen.no_system:
            install_system_packages(is_test)
        make_environment(environment)
    except CannotGoOn as reason:
        sys.stderr.write(f"{reason}\n")
        return 2
    return run_checks(environment) if is_test else run_main_job(environment)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")   # a Windows console may not know Vietnamese
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
