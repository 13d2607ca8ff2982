"""What the set-up script asks of a machine, and what it refuses to do to one."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

VENV_PACKAGE = f"python3.{sys.version_info.minor}-venv"
TESTED_WITH = {"cups", "cups-client", "printer-driver-cups-pdf", "sane-airscan", "tesseract-ocr",
               "tesseract-ocr-vie", "strace", "libnss3", "libgbm1", "libxcomposite1", "libxdamage1",
               "libxkbfile1", "libxtst6", "libxcb-dri3-0", "libgssapi-krb5-2", "alsa-utils"}


@pytest.mark.parametrize(("for_tests", "has_ensurepip", "has_postgresql", "more"), [
    (False, True, False, set()),
    (False, False, False, {VENV_PACKAGE}),
    (True, True, True, TESTED_WITH),
    (True, True, False, {*TESTED_WITH, "postgresql"}),
])
def test_only_the_tests_ask_for_a_print_queue_and_a_database(
        start: ModuleType, for_tests: bool, has_ensurepip: bool, has_postgresql: bool, more: set[str]) -> None:
    wanted = start.wanted_packages(for_tests, has_ensurepip, has_postgresql)
    assert set(wanted) - set(start.RUN_PACKAGES) == more
    assert {"libegl1", "libxcb-cursor0", "libcups2"} <= set(wanted)


@pytest.mark.parametrize(("installed", "missing"), [
    ([], ["libcups2", "libgl1"]),
    (["libgl1"], ["libcups2"]),
    (["libcups2t64", "libgl1"], []),        # Ubuntu since 24.04
    (["libcups2-dev", "libgl1"], ["libcups2"]),
])
def test_only_missing_packages_are_installed(start: ModuleType, installed: list[str], missing: list[str]) -> None:
    assert start.missing_packages(["libcups2", "libgl1"], installed) == missing


def test_without_root_and_sudo_the_exact_line_to_type_is_named(
        start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(start.CannotGoOn, match="install -y --no-install-recommends libegl1 cups\n"):
        start.root_prefix(["libegl1", "cups"])


def test_root_needs_no_sudo(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    assert start.root_prefix(["libegl1"]) == []


def test_a_failed_step_shows_its_own_words(start: ModuleType) -> None:
    with pytest.raises(start.CannotGoOn, match=r"(?s)no route.*Looking failed: "):
        start.run_quietly([sys.executable, "-c", "import sys; sys.exit('no route')"], "Looking")


def test_a_folder_with_other_things_in_it_is_never_emptied(start: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(start.CannotGoOn, match="choose another --venv"):
        start.make_environment(tmp_path)
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "keep me"


def test_an_environment_made_from_this_lock_is_left_alone(start: ModuleType, tmp_path: Path) -> None:
    python = Path(start.program(tmp_path, "python"))
    python.parent.mkdir()
    python.touch()
    (tmp_path / "made-from.txt").write_text(start.lock_mark(), encoding="utf-8")
    start.make_environment(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"made-from.txt", python.parent.name}


def test_the_mark_changes_with_the_lock(
        start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = start.lock_mark()
    other = tmp_path / "constraints.txt"
    other.write_bytes(start.CONSTRAINTS.read_bytes() + b"one-more==1.0\n")
    monkeypatch.setattr(start, "CONSTRAINTS", other)
    assert start.lock_mark() != before


def test_the_tests_see_no_screen_and_no_key_ring_of_the_person_who_runs_them(
        start: ModuleType, tmp_path: Path) -> None:
    around = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0", "XDG_DATA_HOME": "/home/mau/.local/share",
              "DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus", "PATH": "/usr/bin", "CI": "true"}
    env = start.test_environment(around, tmp_path)
    assert not {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"} & env.keys()
    assert (env["PATH"], env["CI"], env["QT_QPA_PLATFORM"]) == ("/usr/bin", "true", "offscreen")
    assert Path(env["XDG_DATA_HOME"]).parent == tmp_path
    assert Path(env["XDG_RUNTIME_DIR"]).stat().st_mode & 0o077 == 0


def test_pytest_speaks_last(start: ModuleType, tmp_path: Path) -> None:
    names = [Path(command[0]).stem for command in start.checks(tmp_path)]
    assert names == ["ruff", "mypy", "lint-imports", "python"]
    assert start.checks(tmp_path)[-1][1:4] == ["-m", "pytest", "-q"]


def test_what_is_looked_up_beside_the_checks_says_nothing_and_is_waited_for(
    start: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str],
) -> None:
    found = tmp_path / "found"
    looked = f"import pathlib; pathlib.Path({str(found)!r}).touch(); print('said'); raise SystemExit(3)"
    with start.reading_ahead([sys.executable, "-c", looked], os.environ):
        pass
    assert found.exists() and capfd.readouterr() == ("", "")
