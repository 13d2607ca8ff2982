"""A disk that fills up is said before the fee; the ballast gives way when there is nothing else left."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from app.errors import EnvironmentFault
from app.services.disk_room import (
    BALLAST,
    KEEP_FROM,
    LET_GO_BELOW,
    LOW,
    MEGABYTE,
    TIGHT,
    ballast_of,
    refuse_when_low,
    room,
    tend_ballast,
)

SMALL = 3 * MEGABYTE + 7


@pytest.mark.parametrize(("free", "is_low", "is_tight"), [
    (0, True, True), (LOW - 1, True, True), (LOW, False, True), (TIGHT - 1, False, True), (TIGHT, False, False),
])
def test_how_much_is_little(tmp_path: Path, free: int, is_low: bool, is_tight: bool) -> None:
    found = room(tmp_path, free=lambda _: free)
    assert (found.free, found.is_low, found.is_tight, found.has_ballast) == (free, is_low, is_tight, False)


def test_no_dossier_is_begun_on_a_disk_that_is_nearly_full(tmp_path: Path) -> None:
    assert not refuse_when_low(tmp_path, free=lambda _: LOW).is_low
    with pytest.raises(EnvironmentFault, match="disk_nearly_full") as refused:
        refuse_when_low(tmp_path, free=lambda _: LOW - 1)
    assert refused.value.values == {"free_mb": 499, "needed_mb": 500}


def test_the_real_disk_answers(tmp_path: Path) -> None:
    assert room(tmp_path).free > 0
    with pytest.raises(EnvironmentFault, match="disk_error"):
        room(tmp_path / "not there")


def test_the_ballast_is_real_room_and_gives_way(tmp_path: Path) -> None:
    assert BALLAST == 200 * MEGABYTE
    assert tend_ballast(tmp_path, free=lambda _: KEEP_FROM, size=SMALL).has_ballast
    content = ballast_of(tmp_path).read_bytes()
    assert len(content) == SMALL and len(set(content[:4096])) > 200, "no zeros that a disk leaves out"
    assert ballast_of(tmp_path).stat().st_blocks * 512 >= SMALL
    for free in (KEEP_FROM, LET_GO_BELOW):
        tend_ballast(tmp_path, free=lambda _, left=free: left, size=SMALL)
        assert ballast_of(tmp_path).read_bytes() == content, "made once"
    (tmp_path / "ballast.part").write_bytes(b"of a program that was killed")
    assert not tend_ballast(tmp_path, free=lambda _: LET_GO_BELOW - 1, size=SMALL).has_ballast
    assert list(tmp_path.iterdir()) == []


def test_no_ballast_is_made_where_room_is_short(tmp_path: Path) -> None:
    tend_ballast(tmp_path, free=lambda _: KEEP_FROM - 1, size=SMALL)
    assert list(tmp_path.iterdir()) == []


def test_a_ballast_that_does_not_fit_after_all_leaves_no_half(tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * MEGABYTE, limits[1]))
    try:                                               # Python ignores SIGXFSZ: the write says "file too large"
        assert not tend_ballast(tmp_path, free=lambda _: KEEP_FROM, size=SMALL).has_ballast
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []
