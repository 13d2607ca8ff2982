"""The lock covers all that pyproject.toml asks for, on each supported Python and system, and names no place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LINUX = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"}
WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"}
CPYTHON = {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
MACHINES = [
    pytest.param(system | CPYTHON | {"python_version": version, "python_full_version": f"{version}.2"},
                 id=f"{version}-{system['sys_platform']}")
    for version in ("3.11", "3.12", "3.13", "3.14") for system in (LINUX, WINDOWS)
]


def applies(requirement: Requirement, machine: dict[str, str]) -> bool:
    return requirement.marker is None or requirement.marker.evaluate(machine)


def asked_for(root: Path) -> Iterator[Requirement]:
    stated = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    project = stated["project"]
    extras = project["optional-dependencies"].values()
    for line in chain(stated["build-system"]["requires"], project["dependencies"], *extras):
        requirement = Requirement(line)
        if requirement.name != project["name"]:     # an extra that takes in another one
            yield requirement


def locked(root: Path) -> list[tuple[Requirement, list[str]]]:
    text = (root / ".ci" / "constraints.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    return [(Requirement(line.split("--hash")[0]), re.findall(r"--hash=sha256:([0-9a-f]{64})\b", line))
            for line in text.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("machine", MACHINES)
def test_each_dependency_is_locked_to_one_fitting_version(root: Path, machine: dict[str, str]) -> None:
    for wanted in asked_for(root):
        if not applies(wanted, machine):
            continue
        versions = [pin.specifier for pin, _ in locked(root)
                    if canonicalize_name(pin.name) == canonicalize_name(wanted.name) and applies(pin, machine)]
        assert len(versions) == 1, wanted
        (exact,) = versions[0]
        assert exact.operator == "==", wanted
        assert wanted.specifier.contains(exact.version), (wanted, exact.version)


def test_each_locked_package_carries_its_hashes(root: Path) -> None:
    assert [pin.name for pin, hashes in locked(root) if not hashes] == []


def test_set_up_names_no_host(root: Path) -> None:
    for path in filter(Path.is_file, (root / ".ci").iterdir()):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text), path.name


def test_each_package_handed_out_is_in_the_table_of_licences(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    rows = (root / ".ci" / "licences.md").read_text(encoding="utf-8").splitlines()
    named = {canonicalize_name(row.split("|")[1].strip()) for row in rows if row.startswith("| ")}
    stated = chain(project["dependencies"], project["optional-dependencies"]["gateway"])
    assert {canonicalize_name(Requirement(line).name) for line in stated} <= named
