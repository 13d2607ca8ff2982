"""Known vulnerabilities in what is locked; exit 1 when one is neither mended nor explained.

    .venv/bin/python .ci/audit.py [--no-line]

Two answers, and both are printed as one JSON object:

    reviewed    both locks against `.ci/advisories.json`, a list that people keep; wants no line; a test holds it
    pip_audit   all that the advisory service knows of them, by pip-audit (`pip install pip-audit`, anywhere).
                "found": what it names, without what `advisories.json` explains by one of its ids
                "not_audited": packages that the service did not answer for: they are NOT known to be good
                "not_reached": why there was no answer at all; ask again with a line, before a release

What is found: take the fixed version into the lock (`.ci/lock --upgrade`). Where there is none, or it does not
concern us, add it to `.ci/advisories.json` with why it does no harm, and with the words by which a test sees when
that is over.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LOCKS = (HERE / "constraints.txt", HERE / "installer" / "constraints.txt")
ROOMS = ("app", "sync", "ui")
PATIENCE = 600


@dataclass(frozen=True)
class Advisory:
    """One known fault of `package`, or of the `part` inside of it, in the versions `affected`."""

    package: str
    ids: tuple[str, ...]
    affected: str
    about: str
    source: str
    part: str = ""
    explained: str = ""
    unused: tuple[str, ...] = ()


def reviewed() -> tuple[Advisory, ...]:
    said = json.loads((HERE / "advisories.json").read_text(encoding="utf-8"))["advisories"]
    return tuple(Advisory(**{**each, "ids": tuple(each["ids"]), "unused": tuple(each.get("unused", ()))})
                 for each in said)


def locked() -> dict[str, set[str]]:
    """Name → versions, as the locks have them: one for each Python where they differ."""
    found: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock.read_text("utf-8"), re.MULTILINE):
            found.setdefault(normal(name), set()).add(version)
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def is_within(version: str, ranges: str) -> bool:
    """Whether `version` satisfies each of `ranges`, as in ">=44.0.0,<50.0.0"; releases alone, by their figures."""
    def figures(text: str) -> tuple[int, ...]:
        parts = [int(part) for part in re.findall(r"\d+", text.split("+")[0])]
        while parts and not parts[-1]:
            parts.pop()
        return tuple(parts)

    compare: dict[str, Callable[[Any, Any], bool]] = {
        "<": lambda one, other: one < other, "<=": lambda one, other: one <= other,
        ">=": lambda one, other: one >= other, ">": lambda one, other: one > other}
    for each in ranges.split(","):
        found = re.fullmatch(r"\s*([<>]=?)\s*([\d.]+)\s*", each)
        if found is None:
            raise ValueError(f"no range: {each}")
        if not compare[found[1]](figures(version), figures(found[2])):
            return False
    return True


def version_of_part(part: str) -> str:
    """Of a library inside of a package, which only the package itself knows."""
    if part != "sqlite":
        raise ValueError(f"nobody knows the version of {part}")
    from sqlcipher3 import dbapi2

    return str(dbapi2.sqlite_version)


def affected(advisories: Iterable[Advisory], versions: dict[str, set[str]]) -> list[Advisory]:
    """Those that a locked version has, explained or not."""
    return [each for each in advisories if any(
        is_within(version, each.affected)
        for version in ({version_of_part(each.part)} if each.part else versions.get(normal(each.package), set())))]


def uses(words: Sequence[str]) -> list[str]:
    """Where one of `words` stands in the rooms that are shipped."""
    return [f"{file.relative_to(ROOT)}: {word}" for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))
            for word in words if word in file.read_text(encoding="utf-8").lower()]


def ask_service(known: Iterable[Advisory]) -> dict[str, Any]:
    """pip-audit's answer about both locks."""
    program = shutil.which("pip-audit")
    if program is None:
        return {"not_reached": "pip-audit is not installed here"}
    explained = {name for each in known if each.explained for name in each.ids}
    found, silent = [], []
    for lock in LOCKS:
        try:
            done = subprocess.run(
                [program, "--requirement", str(lock), "--require-hashes", "--no-deps", "--disable-pip", "--format",
                 "json", "--progress-spinner", "off"], capture_output=True, text=True, check=False,
                timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return {"not_reached": f"no answer within {PATIENCE} seconds"}
        try:
            said = json.loads(done.stdout)
        except ValueError:
            return {"not_reached": (done.stderr.strip().splitlines() or ["no answer"])[-1]}
        for each in said["dependencies"]:
            if "skip_reason" in each:
                silent.append(each["name"])
            found += [{"package": each["name"], "version": each["version"], "id": fault["id"],
                       "fixed": fault["fix_versions"]} for fault in each.get("vulns", ())
                      if not explained & {fault["id"], *fault.get("aliases", ())}]
    return {"found": found, "not_audited": sorted(set(silent))}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog=".ci/audit.py", description="Known vulnerabilities in what is locked.")
    parser.add_argument("--no-line", action="store_true", help="the reviewed list alone")
    chosen = parser.parse_args(arguments)
    known = reviewed()
    here = affected(known, locked())
    open_ones = [each for each in here if not each.explained or uses(each.unused)]
    service = {"not_reached": "not asked"} if chosen.no_line else ask_service(known)
    answer = {
        "reviewed": {
            "looked_at": len(known), "open": [each.ids[0] for each in open_ones],
            "explained": {each.ids[0]: each.explained for each in here if each not in open_ones},
        },
        "pip_audit": service,
    }
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
    return 1 if open_ones or service.get("found") else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
