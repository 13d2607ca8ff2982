"""Whose turn it is: whatever does not move by itself names who acts next."""

from __future__ import annotations

from enum import StrEnum


class Turn(StrEnum):
    COUNTER = "counter"
    PROVINCE = "province"
    MACHINE = "machine"            # the person who looks after this PC
