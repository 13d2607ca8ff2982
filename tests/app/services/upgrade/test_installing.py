"""A package is installed once the program has ended, and what the system said is found at the next start."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from app.services.upgrade import installing
from app.services.upgrade.installing import OUTCOME, failed_install, install_after
from app.services.upgrade.package import Package


@pytest.mark.parametrize("code", [0, 126])
def test_the_starter_waits_for_the_program_installs_and_opens_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int,
) -> None:
    updates, told, again = tmp_path / "updates", tmp_path / "told", tmp_path / "quay-mot-cua"
    updates.mkdir()
    again.write_text(f"#!/bin/sh\necho again >> {told}\n", encoding="ascii")
    again.chmod(0o755)
    asked = ("/bin/sh", "-c", f"echo installed $1 >> {told}; exit {code}", "sh")
    monkeypatch.setattr(installing, "install_command", lambda package, platform: (*asked, str(package.file)))
    monkeypatch.setattr(installing.shutil, "which", lambda name: str(again))
    package = Package(updates / "a b.deb", "2.0", is_vouched=True)
    program = subprocess.Popen(["/bin/sh", "-c", f"read line; echo ended >> {told}"], stdin=subprocess.PIPE)
    starter = subprocess.Popen(install_after(program.pid, package, "linux"))
    program.communicate(b"\n")
    assert starter.wait(30) == 0
    assert told.read_text().splitlines() == ["ended", f"installed {package.file}", "again"]
    assert failed_install(updates, "1.9") == (code or None)
    assert failed_install(updates, "2.0") is None


def test_what_the_program_had_started_has_ended_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    helper = tmp_path / "opt" / "program" / "quay-mot-cua"
    helper.parent.mkdir(parents=True)
    shutil.copy2(shutil.which("cat") or "", helper)
    told = tmp_path / "told"
    asked = ("/bin/sh", "-c", f"echo installed >> {told}", "sh")
    monkeypatch.setattr(installing, "install_command", lambda package, platform: asked)
    monkeypatch.setattr(installing, "is_installed", lambda: True)
    monkeypatch.setattr(installing.sys, "executable", str(helper))
    monkeypatch.setattr(installing.shutil, "which", lambda name: None)
    courier = subprocess.Popen([helper], stdin=subprocess.PIPE)
    program = subprocess.Popen(["/bin/sh", "-c", "read line"], stdin=subprocess.PIPE)
    package = Package(tmp_path / "a.deb", "2.0", is_vouched=True)
    starter = subprocess.Popen(install_after(program.pid, package, "linux"))
    program.communicate(b"\n")
    with pytest.raises(subprocess.TimeoutExpired):
        starter.wait(0.5)
    assert not told.exists()
    courier.communicate()
    assert starter.wait(30) == 0 and told.read_text() == "installed\n"


def test_without_a_word_of_the_system_nothing_failed(tmp_path: Path) -> None:
    assert failed_install(tmp_path, "1.0") is None
    (tmp_path / OUTCOME).write_text("torn", encoding="ascii")
    assert failed_install(tmp_path, "1.0") is None


def test_on_windows_names_with_quotes_stay_names(tmp_path: Path) -> None:
    package = Package(tmp_path / "o'clock" / "quay-mot-cua-2.0-setup.exe", "2.0", is_vouched=False)
    words = install_after(7, package, "win32")[-1]
    assert "Wait-Process -Id 7 " in words and "o''clock" in words and "-ArgumentList '/S'" in words
