"""What we depend on may be handed out with the program: licences of the locked packages against what is allowed.

Read from the installed packages themselves, so that a new version with another licence is seen when it is locked.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from installer.shipped import installed_here, licence_of, normal, read_lock
from packaging.requirements import Requirement

FREE = frozenset((
    "MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "Zlib", "ISC", "CC0-1.0",
    "PSF-2.0",
))
KEPT_APART = frozenset(("LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "MPL-2.0"))
"""Allowed because each stays a file of its own, unchanged, that may be replaced."""
SAID_OTHERWISE = {
    "Apache License 2.0": "Apache-2.0", "BSD 2-Clause License": "BSD-2-Clause",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",       # pypdfium2 with PDFium
    "Dual License": "Apache-2.0 OR BSD-3-Clause",                                         # python-dateutil
}
"""Words of packages that do not use SPDX expressions."""
ELSEWHERE = {
    "colorama": "BSD-3-Clause", "comtypes": "MIT", "pywin32-ctypes": "BSD-3-Clause", "tzdata": "Apache-2.0",
    "backports-tarfile": "MIT", "importlib-metadata": "Apache-2.0", "zipp": "MIT",
}
"""Locked for Windows or for an older Python, so not always here to be asked: read once, by hand."""


def is_allowed(licence: str) -> bool:
    """An SPDX expression of what is allowed alone; of `OR` one side is enough, of `AND` all are needed."""
    expression = SAID_OTHERWISE.get(licence, licence)
    return any(
        all(part.strip("() ") in FREE | KEPT_APART for part in re.split(r" AND ", choice))
        for choice in re.split(r" OR ", expression)
    )


@pytest.mark.parametrize(("licence", "is_good"), [
    ("MIT", True), ("Apache-2.0 OR BSD-3-Clause", True), ("GPL-3.0-only OR MIT", True), ("GPL-3.0-only", False),
    ("MIT AND GPL-2.0-only", False), ("AGPL-3.0-or-later", False), ("", False), ("Proprietary", False),
    ("LGPL-3.0-only", True), ("Dual License", True), ("SSPL-1.0", False),
])
def test_an_expression_is_weighed(licence: str, is_good: bool) -> None:
    assert is_allowed(licence) is is_good


def test_every_locked_package_may_be_handed_out(root: Path) -> None:
    names = {name for name, _ in read_lock((root / ".ci" / "constraints.txt").read_text(encoding="utf-8"))}
    said = {normal(each.metadata["Name"]): licence_of(each) for each in installed_here()}
    asked = {name: said.get(name) or ELSEWHERE.get(name, "") for name in names}
    assert len(asked) > 90
    assert {name: licence for name, licence in asked.items() if not is_allowed(licence)} == {}


def test_what_the_counter_runs_is_told_with_its_licence(root: Path) -> None:
    """`.ci/licences.md` names each package that pyproject.toml asks for at a counter or at the province."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = normal((root / ".ci" / "licences.md").read_text(encoding="utf-8"))
    wanted = {normal(Requirement(line).name) for line in project["dependencies"]}
    assert {name for name in wanted if name not in told} == set()
