"""The set-up script has no package; it is loaded from where README calls it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


sys.path.append(str(ROOT / ".ci"))      # where `build_installer.py` finds the package `installer`


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def start() -> ModuleType:
    spec = importlib.util.spec_from_file_location("quay_start", ROOT / ".ci" / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
