"""Mutants that no test can find out, each with the reason: what they leave out is said again elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

EQUIVALENT: Mapping[str, str] = {
    'moves: Move(_RUNNING, "supplement_not_now", Sta leads nowhere': "the pause itself sets the state",
    "moves: refusal_of, not asked: move.delivery_code": "a move without that code may come with any delivery",
    "moves: _held, not asked: one is None": "originals that are not known were refused the line before",
}
"""Name of the mutant → why it changes nothing."""
