"""A flight in the story that a release tells: batches that follow each other, on their way at once."""

from __future__ import annotations

from sync.report import CycleReport
from tests.sync.client.far_line import Seconds, with_much_waiting
from tests.sync.client.trial import Counter


def fly(counter: Counter) -> CycleReport:
    return with_much_waiting(counter).sync(monotonic=Seconds())
