"""The book verified beside the window's own work: a process of its own, by code that shares nothing with ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.bootstrap import Application
from ui.background.one_job import OneJob


@dataclass(frozen=True, slots=True)
class Verified:
    """`breaks`: what was found, a sentence each; `looked`: how many tables, operations, scans, backups."""

    breaks: tuple[str, ...]
    looked: Mapping[str, int]


def verify_job(office: Application) -> OneJob:
    """The verifier of books; not started. Its answer goes to `read_verified`."""
    return OneJob(["verify", "--steps", "--data", str(office.folder.root)])


def read_verified(answer: Mapping[str, Any], language: str) -> Verified | None:
    """None where the verifier gave no answer: nothing is known of the book then."""
    if "looked" not in answer:
        return None
    return Verified(tuple(str(each[language]) for each in answer["breaks"]), answer["looked"])
