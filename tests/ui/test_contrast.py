"""Every ink on every ground it stands on, in both themes: 4.5 : 1 for words (7 in high contrast), 3 : 1 for marks.

The limits are those of WCAG 2.2, 1.4.3 and 1.4.11. A new colour token must be put into one of the tables.
"""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor

from ui.theme import RESOURCES, THEMES, read_tokens

LEAST_WORDS = {"light": 4.5, "contrast": 7.0}
LEAST_MARKS = {"light": 3.0, "contrast": 4.5}

_CALM = ("paper", "ground", "field", "present-tint", "row-current", "row-hover")
WORDS: dict[str, tuple[str, ...]] = {
    "ink": (*_CALM, "field-off", "selection", "bad-tint", "neutral-soft", "key"),
    "ink-2": (*_CALM, "field-off", "selection", "bad-tint", "neutral-soft"),
    "ink-3": _CALM,
    "nav-ink": ("nav", "nav-lit"),
    "nav-ink-2": ("nav", "nav-lit"),
    "nav-badge-ink": ("nav-badge",),
    "practice-ink": ("practice", "practice-hover"),
    "practice-line": ("practice",),                        # the word of a button that is busy, and its edge
    "action-ink": ("action", "action-hover", "action-down"),
    "action-ink-2": ("action", "action-hover", "action-down"),
    "action-soft-ink": (*_CALM, "action-soft", "neutral-soft"),
    "key-ink": ("key", "paper"),
    "focus-ink": ("focus",),
    "ok-ink": (*_CALM, "ok-soft", "bad-tint"),
    "warn-ink": (*_CALM, "warn-soft", "bad-tint"),
    "bad-ink": (*_CALM, "bad-soft", "bad-tint", "selection"),
    "info-ink": (*_CALM, "info-soft"),
    "neutral-ink": (*_CALM, "neutral-soft"),
    "paper": ("ink",),                                     # the word in passing
}
"""Ink → grounds that it writes on. An icon has the ink of the word beside it."""
MARKS: dict[str, tuple[str, ...]] = {
    "focus": ("paper", "ground", "field", "present-tint", "row-current", "bad-tint", "nav", "nav-lit", "practice"),
    "line-control": ("paper", "ground", "field", "row-hover"),
    "scroll": ("paper", "ground"),
    "action": ("paper", "ground", "field", "neutral-soft"),     # bars, the dot of a choice
    "ok": ("paper", "field", "row-current"),                    # a tick, a dot in the story of a dossier
    "warn": ("paper", "field"),
    "bad": ("paper", "field", "ground"),
    "paper": ("ok",),                                           # the hook inside the tick
}
"""What is no word and yet tells something → what it lies on."""
GROUNDS = frozenset((
    "paper", "ground", "field", "field-off", "present-tint", "row-current", "row-hover", "selection", "bad-tint",
    "nav", "nav-lit", "nav-badge", "practice", "practice-hover", "action-hover", "action-down", "key",
    "neutral-soft", "ok-soft", "warn-soft", "bad-soft", "info-soft", "action-soft",
))
ORNAMENT = frozenset((
    "line", "line-soft", "ok-line", "warn-line", "bad-line", "info-line", "neutral-line", "key-line", "action-key",
    "shade",
))
"""Hairlines and edges that only please: what they part is told by words, room and order as well."""


def luminance(color: str) -> float:
    channels = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
                for value in QColor(color).getRgbF()[:3]]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_weak(table: dict[str, tuple[str, ...]], tokens: dict[str, str], least: float) -> dict[str, float]:
    ratios = {f"{ink} on {ground}": round(contrast(tokens[ink], tokens[ground]), 2)
              for ink, grounds in table.items() for ground in grounds}
    return {pair: ratio for pair, ratio in ratios.items() if ratio < least}


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)      # the grey that just passes


@pytest.mark.parametrize("name", THEMES)
def test_words_stand_out_from_every_ground_they_are_on(name: str) -> None:
    assert too_weak(WORDS, read_tokens(name), LEAST_WORDS[name]) == {}


@pytest.mark.parametrize("name", THEMES)
def test_the_ring_edges_and_signs_are_seen(name: str) -> None:
    assert too_weak(MARKS, read_tokens(name), LEAST_MARKS[name]) == {}


def test_every_colour_has_its_part() -> None:
    colours = {token for token, value in read_tokens("light").items() if value.startswith("#")}
    assert colours == set(WORDS) | set(MARKS) | GROUNDS | ORNAMENT
    assert not ORNAMENT & (set(WORDS) | set(MARKS) | GROUNDS)


def test_a_rule_of_the_sheet_pairs_no_other_ink_and_ground() -> None:
    text = (RESOURCES / "styles" / "base.qss").read_text(encoding="utf-8")
    sheet = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    pairs = set()
    for selector, body in re.findall(r"([^{}]+)\{([^}]*)\}", sheet):
        if ":disabled" in selector:                        # WCAG asks nothing of what cannot be used
            continue
        for part in ("", "selection-"):
            inks = re.findall(rf"(?<![a-z-]){part}(?:placeholder-text-)?color:\s*@([a-z0-9-]+)", body)
            grounds = re.findall(rf"(?<![a-z-]){part}background(?:-color)?:\s*@([a-z0-9-]+)", body)
            pairs |= {(ink, ground) for ink in inks for ground in grounds}
    assert len(pairs) > 6
    assert {pair for pair in pairs if pair[1] not in WORDS.get(pair[0], ())} == set()
