"""Answers of background work for an object that may be gone when they come: a page that was left meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

import shiboken6
from PySide6.QtCore import QObject

P = ParamSpec("P")


def while_alive(owner: QObject, answer: Callable[P, object]) -> Callable[P, None]:
    """`answer`, which does nothing once Qt has deleted `owner`."""

    def told(*args: P.args, **kwargs: P.kwargs) -> None:
        if shiboken6.isValid(owner):
            answer(*args, **kwargs)

    return told
