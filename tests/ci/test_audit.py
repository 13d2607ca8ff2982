"""No locked version has a known vulnerability of the reviewed list that is not explained."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def audit(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("quay_audit", root / ".ci" / "audit.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module                # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_what_is_locked_has_no_known_fault_that_is_not_explained(root: Path) -> None:
    done = subprocess.run([sys.executable, str(root / ".ci" / "audit.py"), "--no-line"], capture_output=True,
                          text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["reviewed"]["open"] == []


def test_each_entry_is_of_a_locked_package_and_says_where_it_is_from(audit: ModuleType) -> None:
    for each in audit.reviewed():
        assert audit.normal(each.package) in audit.locked(), each
        assert re.match(r"[a-z.]+\.(com|dev)/", each.source) and each.ids and each.about, each
        assert not audit.uses(each.unused), f"{each.ids}: no longer unused"


def test_an_explanation_is_kept_no_longer_than_it_is_needed(audit: ModuleType) -> None:
    needed = audit.affected(audit.reviewed(), audit.locked())
    assert [each.ids for each in audit.reviewed() if each.explained and each not in needed] == []


def test_an_affected_version_is_found(audit: ModuleType) -> None:
    every = [replace(each, affected=">=0") for each in audit.reviewed()]
    assert audit.affected(every, audit.locked()) == every
    assert audit.uses(("fts5",))


@pytest.mark.parametrize(("version", "ranges", "is_hit"), [
    ("49.0.0", ">=44.0.0,<50.0.0", True), ("50.0.0", ">=44.0.0,<50.0.0", False), ("43.0.9", ">=44.0.0,<50", False),
    ("2.10", "<2.9.1", False), ("2.9", "<2.9.1", True), ("3.16", "<3.16.0", False), ("3.1.10", ">3.1.9", True),
])
def test_a_version_is_compared_by_its_figures(audit: ModuleType, version: str, ranges: str, is_hit: bool) -> None:
    assert audit.is_within(version, ranges) is is_hit


def test_a_service_that_never_answers_was_not_reached(
    audit: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = tmp_path / "pip-audit"
    program.write_text("#!/bin/sh\nexec tail -f /dev/null\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(audit, "PATIENCE", 0.1)
    assert audit.ask_service(audit.reviewed()) == {"not_reached": "no answer within 0.1 seconds"}
