"""What goes into the installed program and what stays out, said before anything is frozen."""

from __future__ import annotations

import ast
import re
import subprocess
from importlib.metadata import distributions
from pathlib import Path

import pytest
from installer import contents, shipped
from packaging.requirements import Requirement

from app.own_program import HELPERS, give_back_surroundings, helper_asked_for, helper_command


def tracked(root: Path, *under: str) -> set[str]:
    done = subprocess.run(["git", "-c", "safe.directory=*", "ls-files", "-z", "--", *under], cwd=root, check=True,
                          stdout=subprocess.PIPE, text=True, encoding="utf-8")
    return set(done.stdout.rstrip("\0").split("\0"))


def test_every_file_of_the_four_rooms_goes_in_as_module_or_as_file(root: Path) -> None:
    laid = {f"{folder}/{Path(source).name}" for source, folder in contents.files()}
    named = set(contents.modules())
    for file in tracked(root, *contents.ROOMS):
        if not (root / file).exists():
            continue                       # removed a moment ago
        module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        assert file in laid or (file.endswith(".py") and module in named), file


def test_the_steps_of_the_book_go_in_as_files_alone(root: Path) -> None:
    assert not [each for each in contents.modules() if ".migrations" in each]
    steps = {Path(source).name for source, folder in contents.files() if folder.endswith("migrations/versions")}
    assert steps == {each.name for each in (root / contents.MIGRATIONS / "versions").glob("*.py")}


@pytest.mark.parametrize(("name", "source", "is_in"), [
    ("PySide6/Qt/plugins/platforms/libqxcb.so", "/venv/x", True),
    ("PySide6/Qt/plugins/platforms/libqeglfs.so", "/venv/x", False),
    ("PySide6/Qt/plugins/platforms/libqvnc.so", "/venv/x", False),
    ("PySide6/plugins/platforms/qwindows.dll", "C:/venv/x", True),
    ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "/venv/x", False),
    ("PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", "/venv/x", True),
    ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", "/venv/x", False),
    ("PySide6/Qt/lib/libQt6VirtualKeyboard.so.6", "/venv/x", False),
    ("PySide6/Qt/lib/libQt6Widgets.so.6", "/venv/x", True),
    ("PySide6/Qt/translations/qtbase_de.qm", "/venv/x", False),
    ("libxcb-cursor.so.0", "/lib/x86_64-linux-gnu/libxcb-cursor.so.0", False),
    ("libstdc++.so.6", "/usr/lib/x86_64-linux-gnu/libstdc++.so.6", False),
    ("libpython3.11.so.1.0", "/lib/x86_64-linux-gnu/libpython3.11.so.1.0", True),
    ("python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so", "/usr/lib/python3.11/_ssl.so", True),
    ("app/store/__pycache__/keys.cpython-311.pyc", "/checkout/x", False),
    *((f"keyring-25.7.0.dist-info/{note}", "/venv/x", False)
      for note in ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")),
    *((f"keyring-25.7.0.dist-info/{kept}", "/venv/x", True)
      for kept in ("METADATA", "entry_points.txt", "licenses/LICENSE")),
])
def test_the_systems_libraries_unused_plugins_and_pips_notes_stay_out(name: str, source: str, is_in: bool) -> None:
    assert contents.is_shipped(name, source) is is_in


def test_every_module_that_is_started_as_a_process_is_known_to_the_program(root: Path) -> None:
    """`-m` beside a name of ours, wherever it stands in the code, and `helper_command("…")`."""
    started = set()
    for room in ("app", "sync", "ui"):
        for file in (root / room).rglob("*.py"):
            text = file.read_text(encoding="utf-8")
            started |= set(re.findall(r'"-m", "([a-z_.]+)"', text))
            started |= set(re.findall(r'helper_command\(\s*"([a-z_.]+)"', text))
    constants = ast.parse((root / "ui/background/camera.py").read_text(encoding="utf-8"))
    started |= {node.value for node in ast.walk(constants) if isinstance(node, ast.Constant)
                and isinstance(node.value, str) and re.fullmatch(r"[a-z_.]+_child", node.value)}
    assert started == set(HELPERS)


def test_the_installed_program_runs_its_helpers_and_no_other_module() -> None:
    for helper in HELPERS:
        assert helper_asked_for(helper_command(helper, ["x"])[1:]) == helper
    for words in ([], ["-m"], ["-m", "os"], ["-m", "app.verifier"], ["status", "-m", "app"]):
        assert helper_asked_for(words) is None


def test_other_programs_get_the_systems_own_surroundings_back() -> None:
    ours = {"LD_LIBRARY_PATH": "/opt/ours", "LD_LIBRARY_PATH_ORIG": "/their", "HOME": "/h"}
    give_back_surroundings(ours)
    assert ours == {"LD_LIBRARY_PATH": "/their", "HOME": "/h", "PYINSTALLER_RESET_ENVIRONMENT": "1"}
    alone = {"LD_LIBRARY_PATH": "/opt/ours"}
    give_back_surroundings(alone)
    assert "LD_LIBRARY_PATH" not in alone


def test_the_two_locks_agree(root: Path) -> None:
    both = [shipped.read_lock((root / ".ci" / place).read_text(encoding="utf-8"))
            for place in ("constraints.txt", "installer/constraints.txt")]
    assert all(hashes for lock in both for hashes in lock.values())
    for name, version in both[1]:
        elsewhere = {other for known, other in both[0] if known == name}
        assert not elsewhere or version in elsewhere, name
    pins = (root / ".ci/installer/constraints.txt").read_text(encoding="utf-8")
    assert "://" not in pins
    assert [Requirement(line.rstrip(" \\")) for line in pins.splitlines() if line.startswith("pyinstaller==")]


def test_only_locked_packages_become_parts_each_with_licence_and_texts(root: Path) -> None:
    lock = shipped.read_lock((root / ".ci" / "constraints.txt").read_text(encoding="utf-8"))
    lock |= shipped.read_lock((root / ".ci/installer/constraints.txt").read_text(encoding="utf-8"))
    here = [each for each in distributions() if shipped.normal(each.metadata["Name"]) in
            ("requests", "pillow", "pypdfium2", "shiboken6", "pyside6-essentials", "pyside6-addons", "pytest")]
    names = ["requests", "requests.adapters", "PIL.Image", "pypdfium2_raw/libpdfium.so", "pypdfium2", "shiboken6",
             "PySide6/QtCore.abi3.so", "typing", "pyexpat.so"]
    parts = shipped.parts_in(names, lock, here)
    assert [part.name for part in parts] == ["pillow", "pypdfium2", "pyside6-essentials", "requests", "shiboken6"]
    assert all(part.licence for part in parts)
    assert shipped.without_text(parts) == []
    assert {part.name: part.licence for part in parts}["pyside6-essentials"] == "LGPL-3.0-only"
    with pytest.raises(shipped.NotLocked, match="requests"):
        shipped.parts_in(names, {key: each for key, each in lock.items() if key[0] != "requests"}, here)
