from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.services.life.counter import Counters, Desk
from tests.office import SetClock, make_template, office_in, reopen


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with office_in(tmp_path) as office:
        yield Desk(office)


@pytest.fixture
def counters(tmp_path: Path) -> Iterator[Counters]:
    """Three counters of one office, each with its own book and clock."""
    with office_in(tmp_path / "a") as first:
        others = []
        try:
            for number, (device, lo) in enumerate((("quay-22", 5000), ("quay-333", 6000)), 2):
                folder = tmp_path / device
                make_template(folder, first.province, device=device, lo=lo, hi=lo + 99)
                others.append(reopen(folder, first.province, SetClock(), seed=number))
            desks = [Desk(office, turn=1000 * place) for place, office in enumerate((first, *others))]
            yield Counters(*desks)
        finally:
            for office in others:
                office.application.close()
