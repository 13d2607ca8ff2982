"""The support code of an error that is being said, made without asking anything that could fail at that moment.

    sign = SupportSign(slips, version, clock)
    sign_messages(sign)                              from now on every message bears its code
    sign.stand(machine_standing(…))                  at each refresh of the window
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.paths import DataFolder
from app.program_log import ErrorSlip, ErrorSlips
from app.services.support.standing import MachineStanding
from sync.contract.support_code import Standing, contact_class, version_numbers, waiting_class, write_code
from sync.contract.support_numbers import UNFORESEEN, number_of, read_numbers


def slips_of(folder: DataFolder) -> ErrorSlips:
    """The errors that were said in the window of this data folder."""
    return ErrorSlips(folder.root / "errors-said.log")


@dataclass
class SupportSign:
    """Belongs to the window; called with an error's code it gives what is shown beside the words."""

    slips: ErrorSlips
    version: str
    clock: Callable[[], datetime]
    is_practice: bool = False
    standing: MachineStanding | None = None
    """None while the book is not open."""

    def __call__(self, code: str) -> str:
        """What stands in brackets: the error's own word for the handbook, the code for the telephone."""
        return f"{code} · {self.said(code).support}"

    def stand(self, standing: MachineStanding) -> None:
        """How the machine stands from now on."""
        self.standing = standing

    def said(self, code: str) -> ErrorSlip:
        """This error is being said; kept among the slips."""
        slip = ErrorSlip(self.clock(), code if code in read_numbers() else UNFORESEEN, self.code_for(code))
        self.slips.add(slip)
        return slip

    def code_for(self, code: str = "") -> str:
        """The support code; "" for how the machine stands, without an error."""
        number = number_of(code) or (number_of(UNFORESEEN) if code and not code.islower() else 0)
        found = self.standing
        version = version_numbers(self.version)
        if found is None:
            return write_code(Standing(version, number, is_practice=self.is_practice))
        age = None if found.last_contact is None else (self.clock() - found.last_contact) / timedelta(minutes=1)
        return write_code(Standing(
            version, number, waiting_class(found.unsent), contact_class(age), found.is_line_down,
            found.is_medium_missing, found.is_disk_low, found.is_clock_doubtful, self.is_practice,
        ))

    @property
    def last(self) -> ErrorSlip | None:
        """The error that was said last, in this run or an earlier one."""
        slips = self.slips.read()
        return slips[-1] if slips else None
