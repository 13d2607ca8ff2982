"""Which version a build is of: the project's, and where the commit carries no tag of it, how far before it."""

from __future__ import annotations

import os
import subprocess
import tomllib
from datetime import UTC, datetime
from pathlib import Path

_BUILT_FROM = ("app", "ui", "sync", "resources", ".ci", "pyproject.toml")


def facts(root: Path, asked: str = "") -> dict[str, str]:
    """`version`, `commit` ("" without git), `moment` (the commit's, seconds since 1970), `time` (the same, ISO).

    `asked` is taken as it is. Else `0.6.0` for a commit tagged `v0.6.0`, and `0.6.0~842.g1a2b3c4` on the way to
    it, which Debian sorts before `0.6.0`; `+changed` says that the checkout is not the commit.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    commit = _git(root, "rev-parse", "--short=7", "HEAD")
    moment = int(os.environ.get("SOURCE_DATE_EPOCH") or _git(root, "log", "-1", "--format=%ct")
                 or (root / "CHANGELOG.md").stat().st_mtime)
    is_release = not commit or f"v{project}" in _git(root, "tag", "--points-at", "HEAD").split()
    found = project if is_release else f"{project}~{_git(root, 'rev-list', '--count', 'HEAD')}.g{commit}"
    if commit and _git(root, "status", "--porcelain", "--", *_BUILT_FROM):
        found += "+changed"
    return {"version": asked or found, "commit": commit, "moment": str(moment),
            "time": datetime.fromtimestamp(moment, UTC).isoformat().replace("+00:00", "Z")}


def numbers(version: str) -> tuple[int, int, int, int]:
    """The four numbers that Windows wants of `0.6.0~842.g1a2b3c4`: (0, 6, 0, 842)."""
    release, _, before = version.partition("~")
    parts = [int(part) for part in release.split("+")[0].split(".")[:3]]
    count = before.split(".")[0]
    major, minor, patch = [*parts, 0, 0, 0][:3]
    return major, minor, patch, int(count) if count.isdigit() else 0


def _git(root: Path, *words: str) -> str:
    """What git answers, "" where there is no git or no repository."""
    try:
        done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
