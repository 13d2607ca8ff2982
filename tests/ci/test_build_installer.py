"""What is handed out is whole: each file of the four rooms is in the wheel and in the source archive."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

ROOMS = ("app", "ui", "sync", "resources")


def files_of_rooms(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for room in ROOMS for path in (root / room).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts}


def run_build(checkout: Path, to: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(checkout / "build_installer.py"), "--wheel", "--to", str(to)],
                          check=False, cwd=to.parent, capture_output=True, text=True, encoding="utf-8")


def test_wheel_and_source_archive_hold_every_file_of_the_rooms(root: Path, tmp_path: Path) -> None:
    done = run_build(root, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    source, wheel = (Path(line) for line in done.stdout.splitlines())
    expected = files_of_rooms(root)
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {name for name in names if name.split("/")[0] in ROOMS} == expected
    assert {name.split("/")[0] for name in names} == {*ROOMS, f"{'-'.join(wheel.name.split('-')[:2])}.dist-info"}
    with tarfile.open(source) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    assert expected | {"LICENSE", "README.md", "pyproject.toml"} <= inside
    assert {path.name for path in (tmp_path / "out").iterdir()} == {source.name, wheel.name}
    assert not [*root.glob("*.egg-info")]


def test_a_failed_build_says_why_and_names_no_paths(root: Path, tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    for room in ROOMS:
        (checkout / room).mkdir(parents=True)
    for paper in ("build_installer.py", "README.md", "LICENSE", "CHANGELOG.md"):
        shutil.copy2(root / paper, checkout / paper)
    stated = (root / "pyproject.toml").read_text(encoding="utf-8")
    broken = re.sub(r"(?m)^version = .*", 'version = "first"', stated)
    (checkout / "pyproject.toml").write_text(broken, encoding="utf-8")
    done = run_build(checkout, tmp_path / "out")
    assert (done.returncode, done.stdout) == (1, "")
    assert "first" in done.stderr
    assert "nothing of it is to be handed out" in done.stderr
