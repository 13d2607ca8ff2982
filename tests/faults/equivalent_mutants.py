"""Mutants that no test can find out, each with the reason: what they leave out is said again elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

EQUIVALENT: Mapping[str, str] = {
    'moves: Move(_RUNNING, "supplement_not_now", Sta leads nowhere': "the pause itself sets the state",
    "moves: refusal_of, not asked: move.delivery_code": "a move without that code may come with any delivery",
    "moves: _held, not asked: one is None": "originals that are not known were refused the line before",
    "fold: _agency, _arrived(replace(life, business=State.IN_PROCESS)) does nothing":
        "what is in process already does not arrive",
    "making: another counter's numbers count": "the beginning of a number names its counter already",
    "returning: amount_due, not asked: 0": "of a sum nothing and False are one",
    "returning: checked_money, not asked: due is None": "nothing is never owed, so another amount is refused",
    "fold: _give, never: not names": "to give nothing changes nothing; asked first to save the work",
}
"""Name of the mutant → why it changes nothing."""
