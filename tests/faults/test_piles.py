"""The short form of `python -m tests.faults.piles`, and the proof that it can fail."""

from __future__ import annotations

from dataclasses import replace

from PIL import Image

from app.domain.scanning import Finding
from tests.faults.pile_pages import build_pile
from tests.faults.piles import file_pile, looked_at, prepared

STRUCK_OUT = 40                    # seed of a duplex pile whose second of two separators is struck out


def test_a_pile_with_a_separator_nobody_can_read_has_no_page_misfiled() -> None:
    """…and without the frame it has: the same findings, the doubt taken away."""
    assert build_pile(STRUCK_OUT, 14).damage == "struck out"
    findings: list[Finding] = []

    def look(picture: Image.Image) -> Finding:
        findings.append(looked_at(picture))
        return findings[-1]

    figures = file_pile(STRUCK_OUT, 14, look)
    assert (figures.misfiled, figures.missing, figures.wrong) == (0, 0, [])
    assert figures.filed and figures.unfiled
    blind = iter([replace(finding, doubts=()) for finding in findings])
    assert file_pile(STRUCK_OUT, 14, lambda _: next(blind)).misfiled


def test_a_torn_pile_goes_through_the_whole_light_table() -> None:
    figures = file_pile(0, 10, prepared)
    assert (figures.misfiled, figures.missing, figures.wrong) == (0, 0, [])
    assert figures.filed
