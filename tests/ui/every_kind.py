"""Every page, every sheet: whatever the window's code makes of one kind."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtWidgets import QWidget

import ui.dialogs
import ui.pages

Kind = TypeVar("Kind", bound=QWidget)


def every_kind(base: type[Kind]) -> Iterator[type[Kind]]:
    """Each class under `base` in the window's code, once."""
    for package in (ui.dialogs, ui.pages):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    found: set[type[Kind]] = set()
    rest = [base]
    while rest:
        below = set(rest.pop().__subclasses__()) - found
        rest += below
        found |= below
    return (each for each in found if each.__module__.startswith("ui."))


__all__ = ["every_kind"]
