"""Which packages are in the finished program, at which versions, from which hashes, under which licences.

What is in is read from the folder that PyInstaller made, not from a wish list: a package counts when one of its
own files, or a module out of it, lies there. Each must stand in the lock with its version, else the build stops.
"""

from __future__ import annotations

import json
import re
import shutil
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LICENCES = HERE / "licences"

# Whose wheels carry no licence text: the texts that stand beside this file.
_OWN_TEXTS = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt", "LGPL-2.1.txt"),
    "pyside6-addons": ("LGPL-3.0.txt", "GPL-3.0.txt", "LGPL-2.1.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
}
_CHOSEN = {"pyside6-essentials": "LGPL-3.0-only", "pyside6-addons": "LGPL-3.0-only", "shiboken6": "LGPL-3.0-only",
           "sqlcipher3": "Zlib"}
"""Where a package offers a choice, the one we take; what one says in its text alone."""
_NOT_SPDX = {
    "Apache 2.0": "Apache-2.0", "BSD": "BSD-3-Clause", "BSD License": "BSD-3-Clause", "MIT License": "MIT",
    "LGPL": "LGPL-3.0-only", "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
}


_WORKSHOP = ("setuptools", "pip", "altgraph")
_STARTERS = {
    # What of them is in every program they make: the starter, and the first lines run in it.
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception", "pyinstaller-hooks-contrib": "Apache-2.0",
}


class NotLocked(Exception):
    """Something is in the program that the lock does not know in this version."""


@dataclass(frozen=True, slots=True)
class Part:
    """One package in the program. `name` normalised as in the lock; `hashes` SHA-256 the lock accepts."""

    name: str
    version: str
    licence: str
    hashes: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]      # relative path, content


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def read_lock(text: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """(name, version) → hashes, of a constraints file with hashes."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        head = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", block)
        if head:
            found[normal(head.group(1)), head.group(2)] = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", block))
    return found


def parts_in(names: Iterable[str], lock: Mapping[tuple[str, str], tuple[str, ...]],
             known: Iterable[Distribution]) -> list[Part]:
    """The packages of which files or modules are among `names` (paths as PyInstaller lays them, dotted modules).

    PyInstaller's own parts are always in. Raises NotLocked.
    """
    present = {name.replace("\\", "/") for name in names}
    found = []
    for distribution in known:
        name = normal(distribution.metadata["Name"])
        files = [str(file).replace("\\", "/") for file in distribution.files or ()]
        modules = {file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
                   for file in files if file.endswith(".py")}
        is_in = not present.isdisjoint(files) or not present.isdisjoint(modules)
        if (is_in and name not in _WORKSHOP) or name in _STARTERS:
            hashes = lock.get((name, distribution.version))
            if not hashes:
                raise NotLocked(f"{name} {distribution.version}")
            found.append(Part(name, distribution.version, licence_of(distribution), hashes, _texts(distribution)))
    return sorted(found, key=lambda part: part.name)


def licence_of(distribution: Distribution) -> str:
    """What the package's own metadata says, as an SPDX expression where it can be told; ours where it offers a
    choice."""
    metadata = distribution.metadata
    name = normal(metadata["Name"])
    if name in _CHOSEN:
        return _CHOSEN[name]
    if name in _STARTERS:
        return _STARTERS[name]
    said = metadata.get("License-Expression") or ""
    if not said:
        classifiers = [each.rsplit(" :: ", 1)[-1] for each in metadata.get_all("Classifier") or ()
                       if each.startswith("License ::")]
        said = metadata.get("License") or ""
        said = said if said and len(said) < 60 else "; ".join(classifiers)
    return _NOT_SPDX.get(said, said)


def _texts(distribution: Distribution) -> tuple[tuple[str, str], ...]:
    name = normal(distribution.metadata["Name"])
    texts = []
    for file in distribution.files or ():
        inside = re.search(r"\.dist-info/(?:licen[cs]es/)?(.+)$", str(file).replace("\\", "/"))
        if inside is None:
            continue
        is_text = "/licenses/" in str(file).replace("\\", "/") or re.match(
            r"(?i)(licen[cs]e|copying|notice|authors|ofl)", inside.group(1))
        path = Path(str(distribution.locate_file(file)))
        if is_text and path.is_file() and path.suffix not in (".py", ".pyc"):
            texts.append((inside.group(1), path.read_text(encoding="utf-8", errors="replace")))
    texts += [(own, (LICENCES / own).read_text(encoding="utf-8")) for own in _OWN_TEXTS.get(name, ())]
    return tuple(texts)


def without_text(parts: Iterable[Part]) -> list[str]:
    """Names of the parts whose licence would not be handed out with them."""
    return [part.name for part in parts if not part.texts]


def write_licences(parts: Iterable[Part], python_version: str, to: Path) -> None:
    """A folder for each part with its texts, and one page that lists them."""
    to.mkdir(parents=True)
    lines = ["What is in this program besides itself, under which licence; the texts lie beside.",
             "Libraries under the LGPL are separate files; others of the same interface may replace them.", "",
             f"Python {python_version}: PSF-2.0 (python/)"]
    (to / "python").mkdir()
    shutil.copyfile(LICENCES / "Python.txt", to / "python" / "LICENSE.txt")
    for part in parts:
        lines.append(f"{part.name} {part.version}: {part.licence}")
        folder = to / part.name
        folder.mkdir()
        for name, text in part.texts:
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
    (to / "LICENCES.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def bill_of_materials(parts: Iterable[Part], program: Mapping[str, str], python_version: str,
                      system: Iterable[str]) -> dict[str, Any]:
    """CycloneDX 1.5 as JSON values: the program, what is inside it, what it expects of the system.

    The same build gives the same bytes: the serial number is made from the content, the time is the commit's.
    """
    def component(name: str, version: str, licence: str, hashes: Iterable[str] = ()) -> dict[str, Any]:
        kind = "application" if name == "python" else "library"
        reference = f"pkg:generic/{name}@{version}" if kind == "application" else f"pkg:pypi/{name}@{version}"
        is_id = re.fullmatch(r"[A-Za-z0-9.+-]+", licence) is not None
        is_expression = re.search(r" (?:OR|AND|WITH) ", licence) is not None
        named = [{"license": {"id": licence}}] if is_id else (
            [{"expression": licence}] if is_expression else [{"license": {"name": licence}}])
        # The lock accepts several files for a version (one a system); which one was unpacked, pip checked.
        accepted = [{"name": "lock:sha256", "value": each} for each in hashes]
        return {"type": kind, "bom-ref": reference, "name": name, "version": version, "purl": reference,
                "licenses": named, **({"properties": accepted} if accepted else {})}

    components = [component("python", python_version, "PSF-2.0"),
                  *(component(part.name, part.version, part.licence, part.hashes) for part in parts)]
    components += [{"type": "library", "bom-ref": f"system:{each}", "name": each, "scope": "excluded",
                    "description": "from the system it is installed on"} for each in system]
    reference = f"pkg:generic/{program['name']}@{program['version']}"
    content = json.dumps([components, dict(program)], sort_keys=True)
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}",
        "metadata": {
            "timestamp": program["time"],
            "component": {"type": "application", "bom-ref": reference, "name": program["name"],
                          "version": program["version"], "purl": reference,
                          "licenses": [{"license": {"id": "Apache-2.0"}}]},
        },
        "components": components,
        "dependencies": [{"ref": reference, "dependsOn": [each["bom-ref"] for each in components]}],
    }


def installed_here() -> list[Distribution]:
    return list(distributions())
