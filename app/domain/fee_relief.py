"""Less to pay by law (miễn, giảm): for a group of people, or for a dossier filed online; as catalogue data.

Luật Phí và lệ phí 97/2015/QH13 names who may decide it; who is meant, how much and until when stands in circulars
and in resolutions of the provincial council, so nothing of it stands in the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Relief:
    """Takes `percent` of a fee off (100: miễn), or `amount` đồng of it; exactly one of the two is given.

    `fees` are the codes of the fee rules for which it holds. `channel` 0: for the group of people `code`, who
    prove it with `proof`; else for dossiers that came that way (KenhThucHien; 2: filed online), without a proof.
    """

    code: str                      # of the group; the same group may have another relief for another fee
    name: str                      # "Người thuộc hộ nghèo", "Nộp trực tuyến"
    fees: tuple[str, ...]
    percent: int = 0
    amount: int = 0
    channel: int = 0
    proof: str = ""                # the paper that is looked at
    valid_from: date | None = None
    valid_to: date | None = None
    legal_basis: str = ""

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    @property
    def is_of_group(self) -> bool:
        return self.channel == 0


@dataclass(frozen=True, slots=True)
class TakenOff:
    """The relief that was used on a fee line, as it stood. `off`: đồng; None where the amount is not known."""

    code: str
    name: str
    off: int | None
    percent: int = 0
    channel: int = 0
    legal_basis: str = ""

    @property
    def is_of_group(self) -> bool:
        return self.channel == 0


def take_off(gross: int | None, reliefs: Iterable[Relief], *, channel: int, group: str) -> TakenOff | None:
    """The one relief that takes most off `gross`; None where none holds.

    Reliefs are never added up: a circular that lowers an amount for those who file online does not say that the
    lowered amount is lowered again, and the citizen loses nothing by the greater of the two. A fraction of a đồng
    stays due. Where `gross` is not known, only a relief of 100 % says what is to be paid.
    """
    best: TakenOff | None = None
    for relief in reliefs:
        if relief.channel != channel if relief.channel else not group or relief.code != group:
            continue
        if gross is None and relief.percent < 100:
            continue
        found = TakenOff(relief.code, relief.name, _off(gross, relief), relief.percent, relief.channel,
                         relief.legal_basis)
        if best is None or _rank(found) > _rank(best):
            best = found
    return best


def _off(gross: int | None, relief: Relief) -> int | None:
    if gross is None:
        return None
    return gross * relief.percent // 100 if relief.percent else min(relief.amount, gross)


def _rank(taken: TakenOff) -> tuple[int, bool]:
    """More is better; between equals the group's, for which somebody showed a paper."""
    return taken.off or 0, taken.is_of_group
