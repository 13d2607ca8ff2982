"""The papers of a package: control file, dependencies, scripts, list of parts, versions."""

from __future__ import annotations

import configparser
import json
import shutil
import subprocess
import uuid
from email.parser import Parser
from pathlib import Path

import pytest
from installer import __main__ as build
from installer import debian, shipped, system, version, windows

DUMPED = """
  NEEDED               libxcb-cursor.so.0
  NEEDED               libcups.so.2
  NEEDED               libc.so.6
Version References:
  required from libc.so.6:
    0x09691a75 0x00 05 GLIBC_2.2.5
    0x069691b4 0x00 04 GLIBC_2.34
    0x0d696913 0x00 03 GLIBC_2.3
"""
PART = shipped.Part("requests", "2.34.2", "Apache-2.0", ("a" * 64,), (("LICENSE", "text"),))


def wanted(dumped: str) -> system.Wanted:
    found = system.Wanted()
    system.read_wanted(dumped, "libqxcb.so", found)
    return found


def test_dependencies_are_what_the_files_ask_for() -> None:
    assert system.depends(wanted(DUMPED), debian.BESIDES) == [
        "libc6 (>= 2.34)", "libcups2t64 | libcups2", "libxcb-cursor0", "tzdata", "xkb-data"]


def test_the_list_beside_the_packages_is_one_that_sha256sum_checks(tmp_path: Path) -> None:
    for name in ("quay-mot-cua_0.6.0_amd64.deb", "quay-mot-cua-0.6.0-win64.exe", "quay-mot-cua.cdx.json"):
        (tmp_path / name).write_text(name, encoding="ascii")
    listed = build.list_packages(tmp_path)
    assert len(listed.read_text(encoding="utf-8").splitlines()) == 2
    checked = subprocess.run(["sha256sum", "--check", "--strict", listed.name], cwd=tmp_path, capture_output=True,
                             text=True, check=True)
    assert checked.stdout.count(": ") == 2


def test_a_library_that_nobody_named_stops_the_build() -> None:
    with pytest.raises(system.UnknownLibrary, match=r"libnew\.so\.1 \(wanted by libqxcb\.so\)"):
        system.depends(wanted("  NEEDED   libnew.so.1\n"))


def test_a_library_that_is_shipped_is_no_dependency(tmp_path: Path) -> None:
    (tmp_path / "libown.so.1").write_bytes(b"no ELF")
    assert system.look_through(tmp_path).libraries == {}


def test_the_control_file_says_each_thing_once_and_whole() -> None:
    text = debian.control("0.6.0~842.gabc", "amd64", ["libc6 (>= 2.34)", "libcups2t64 | libcups2"], 300_000)
    fields = Parser().parsestr(text)
    expected = {
        "Package": "quay-mot-cua", "Version": "0.6.0~842.gabc", "Architecture": "amd64",
        "Depends": "libc6 (>= 2.34), libcups2t64 | libcups2", "Installed-Size": "300000"}
    assert {name: fields[name] for name in expected} == expected
    assert len(fields.keys()) == len(set(fields.keys()))
    assert all(line.startswith((" ", "Description:")) or ": " in line for line in text.splitlines())
    assert text.endswith("\n")
    assert "\n\n" not in text


@pytest.mark.parametrize("script", ["launcher.sh", *debian.SCRIPTS])
def test_each_script_is_good_shell(script: str) -> None:
    done = subprocess.run(["sh", "-n", str(debian.HERE / script)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


GOES_ON = "echo former $QMC_REFUSED_BY $*"


@pytest.mark.parametrize(("program", "former", "words", "answer"), [
    ("exit 0", GOES_ON, (), (0, "")),
    ("exit 3", GOES_ON, (), (3, "")),
    ("exit 75", GOES_ON, ("a", "b c"), (0, "former 0.7 a b c\n")),
    ("exit 75", None, (), (75, "")),
    (None, "echo former $*", ("a",), (0, "former a\n")),
    # The window that breaks off before it stood; a command's refusal is an answer.
    ("exit 1", GOES_ON, (), (0, "former 0.7\n")),
    ("kill -ABRT $$", GOES_ON, (), (0, "former 0.7\n")),
    ("kill -TERM $$", GOES_ON, (), (143, "")),
    ("exit 1", GOES_ON, ("status",), (1, "")),
    # Once this version has shown its window there is no way back that would lose what was done since.
    ('mkdir -p "${QMC_GOOD%/*}"; touch "$QMC_GOOD"; exit 1', GOES_ON, (), (1, "")),
    ('test -x "$QMC_FORMER" && exit 4', GOES_ON, (), (4, "")),
    ('test -x "$QMC_FORMER" && exit ${#QMC_GOOD}', GOES_ON, ("practice",), (0, "")),
])
def test_the_launcher_goes_back_to_the_former_version_only_when_it_must(
    tmp_path: Path, program: str | None, former: str | None, words: tuple[str, ...], answer: tuple[int, str],
) -> None:
    launcher = (debian.HERE / "launcher.sh").read_text(encoding="utf-8")
    launcher = launcher.replace("/opt/quay-mot-cua", str(tmp_path))
    for name, text in (("program", program), ("former", former)):
        if text is not None:
            (tmp_path / name).mkdir()
            (tmp_path / name / "quay-mot-cua").write_text(f"#!/bin/sh\n{text}\n", encoding="ascii")
            (tmp_path / name / "quay-mot-cua").chmod(0o755)
            (tmp_path / name / "VERSION").write_text("0.7\n", encoding="ascii")
    done = subprocess.run(["sh", "-c", launcher, "launcher", *words], capture_output=True, text=True, check=False,
                          env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"})
    assert (done.returncode, done.stdout.replace("former 0.7 \n", "former 0.7\n")) == answer


def test_a_version_that_has_shown_its_window_is_offered_no_way_back(tmp_path: Path) -> None:
    launcher = (debian.HERE / "launcher.sh").read_text(encoding="utf-8")
    launcher = launcher.replace("/opt/quay-mot-cua", str(tmp_path))
    for name in ("program", "former"):
        (tmp_path / name).mkdir()
        program = tmp_path / name / "quay-mot-cua"
        program.write_text('#!/bin/sh\necho "$0 $QMC_FORMER$QMC_REFUSED_BY"; exit 75\n', encoding="ascii")
        program.chmod(0o755)
    (tmp_path / "program" / "VERSION").write_text("0.7\n", encoding="ascii")
    (tmp_path / ".local/state/quay-mot-cua").mkdir(parents=True)
    (tmp_path / ".local/state/quay-mot-cua/good-0.7").touch()
    # Started by the version that has just installed this one: what it had been told is not meant for this one.
    done = subprocess.run(["sh", "-c", launcher], capture_output=True, text=True, check=False,
                          env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "QMC_FORMER": "x",
                               "QMC_REFUSED_BY": "y"})
    assert (done.returncode, done.stdout) == (75, f"{tmp_path}/program/quay-mot-cua \n")


def test_the_package_keeps_the_former_version_before_new_files_come(tmp_path: Path) -> None:
    home = tmp_path / "quay-mot-cua"
    (home / "program").mkdir(parents=True)
    program = home / "program" / "quay-mot-cua"
    program.write_text("one", encoding="ascii")
    program.chmod(0o755)
    script = (debian.HERE / "preinst").read_text(encoding="utf-8").replace("/opt/quay-mot-cua", str(home))
    subprocess.run(["sh", "-c", script, "preinst", "upgrade", "0.1"], check=True)
    program.unlink()                                   # as dpkg puts a new file into its place
    program.write_text("two", encoding="ascii")
    assert (home / "former" / "quay-mot-cua").read_text(encoding="ascii") == "one"
    purge = (debian.HERE / "postrm").read_text(encoding="utf-8").replace("/opt/quay-mot-cua", str(home))
    subprocess.run(["sh", "-c", purge, "postrm", "purge"], check=True)
    assert [each.name for each in home.iterdir()] == ["program"]


def test_nothing_is_replaced_under_a_program_that_runs(tmp_path: Path) -> None:
    """A frozen program reads itself from its file as it goes: another file there would break the open window."""
    home = tmp_path / "quay-mot-cua"
    (home / "program").mkdir(parents=True)
    program = home / "program" / "quay-mot-cua"
    shutil.copyfile(Path("/bin/cat").resolve(), program)
    program.chmod(0o755)
    script = (debian.HERE / "preinst").read_text(encoding="utf-8").replace("/opt/quay-mot-cua", str(home))
    with subprocess.Popen([str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        done = subprocess.run(["sh", "-c", script, "preinst", "upgrade", "0.1"], capture_output=True, check=False)
        running.stdin.close()                          # type: ignore[union-attr]
    assert done.returncode == 1
    assert "đóng cửa sổ" in done.stderr.decode()
    assert not (home / "former").exists()


def test_the_desktop_entry_starts_what_is_installed() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str                            # type: ignore[assignment,method-assign]
    entry.read(debian.HERE / "quay-mot-cua.desktop", encoding="utf-8")
    told = dict(entry["Desktop Entry"])
    assert (told["Type"], told["Exec"], told["Icon"], told["Name"]) == (
        "Application", debian.PACKAGE, debian.PACKAGE, "Quầy Một Cửa")


def test_the_list_of_parts_is_cyclonedx_and_the_same_each_time() -> None:
    program = {"name": "quay-mot-cua", "version": "0.6.0", "commit": "abc", "time": "2026-11-22T00:00:00Z"}
    bills = [shipped.bill_of_materials([PART], program, "3.11.2", ["libcups2"]) for _ in range(2)]
    assert json.dumps(bills[0]) == json.dumps(bills[1])
    bill = bills[0]
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.5", 1)
    assert uuid.UUID(bill["serialNumber"].removeprefix("urn:uuid:"))
    references = [each["bom-ref"] for each in bill["components"]]
    assert bill["dependencies"][0]["dependsOn"] == references
    assert len(references) == len(set(references)) == 3
    requests = next(each for each in bill["components"] if each["name"] == "requests")
    assert requests["purl"] == "pkg:pypi/requests@2.34.2"
    assert requests["licenses"] == [{"license": {"id": "Apache-2.0"}}]
    assert requests["properties"] == [{"name": "lock:sha256", "value": "a" * 64}]


def test_a_licence_is_an_id_an_expression_or_a_name() -> None:
    def licences(said: str) -> object:
        part = shipped.Part("x", "1", said, (), (("LICENSE", ""),))
        program = {"name": "p", "version": "1", "time": "2026-11-22T00:00:00Z"}
        return shipped.bill_of_materials([part], program, "3.11.2", [])["components"][1]["licenses"]

    assert licences("MIT") == [{"license": {"id": "MIT"}}]
    assert licences("Apache-2.0 OR BSD-3-Clause") == [{"expression": "Apache-2.0 OR BSD-3-Clause"}]
    assert licences("some words of their own") == [{"license": {"name": "some words of their own"}}]


def test_licences_lie_beside_a_page_that_lists_them(tmp_path: Path) -> None:
    shipped.write_licences([PART], "3.11.2", tmp_path / "licences")
    assert (tmp_path / "licences/requests/LICENSE").read_text(encoding="utf-8") == "text"
    page = (tmp_path / "licences/LICENCES.txt").read_text(encoding="utf-8")
    assert "requests 2.34.2: Apache-2.0" in page
    assert (tmp_path / "licences/python/LICENSE.txt").stat().st_size > 10_000


@pytest.mark.parametrize(("told", "numbers"), [
    ("0.6.0", (0, 6, 0, 0)), ("0.6.0~842.gabc1234", (0, 6, 0, 842)), ("1.2.3+changed", (1, 2, 3, 0)),
])
def test_windows_gets_four_numbers(told: str, numbers: tuple[int, int, int, int]) -> None:
    assert version.numbers(told) == numbers


def test_an_archive_without_git_is_the_projects_own_version(root: Path, tmp_path: Path) -> None:
    for name in ("pyproject.toml", "CHANGELOG.md"):
        (tmp_path / name).write_bytes((root / name).read_bytes())
    told = version.facts(tmp_path)
    assert told["commit"] == ""
    assert told["version"].count(".") == 2
    assert "~" not in told["version"]


def test_the_windows_script_is_told_all_that_it_asks_for() -> None:
    script = windows.SCRIPT.read_text(encoding="utf-8")
    words = windows.command("makensis", Path("p"), Path("t.exe"), "0.6.0", Path("i.ico"))
    for name in ("PROGRAM", "VERSION", "NUMBERS", "TARGET", "ICON"):
        assert f"${{{name}}}" in script
        assert any(word.startswith(f"-D{name}=") for word in words)
    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in script
