"""A few of the hostile files, each after its own manner; all of them: `python -m tests.faults.bombs`."""

from __future__ import annotations

from tests.faults.bomb_pdfs import all_bombs
from tests.faults.bombs import MOST_STILL, Outcome, beside_a_window, set_off

FEW = ("png_60k_filled", "tiff_1000_frames", "pdf_deflate_in_deflate", "pdf_launches", "renamed_html")


def test_hostile_files_are_refused_or_shown_and_the_window_lives(qapp: object) -> None:
    outcomes: list[Outcome] = []
    still = beside_a_window(lambda: outcomes.extend(set_off(FEW)))
    assert [each.name for each in outcomes] == list(FEW)
    assert not [each for each in outcomes if not each.is_well]
    assert still < 10 * MOST_STILL, "far beyond what a busy test machine explains"


def test_there_are_at_least_sixty_of_them() -> None:
    assert len(all_bombs()) >= 60
