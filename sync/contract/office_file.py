"""An office as the province's operator writes it in a JSON file, and as it reaches a counter at enrolment.

`EnrolAnswer.office` is the file's content without `counters` and `clerks`. Fields beyond these are carried along
untouched, so that a newer counter finds what an older gateway does not know.
"""

from __future__ import annotations

from dataclasses import dataclass

from sync.contract.codec import Id, JsonObject, MalformedMessage, Name, from_json
from sync.contract.grant_text import DEFAULT_GRANT_DAYS, ROLES
from sync.contract.limits import DEFAULT_SLOTS, HIGHEST_NUMBER
from sync.contract.messages import Clerk
from sync.contract.number_text import agency_key

_MAX_SLOTS = 1_000
_MAX_GRANT_DAYS = 31
_MAX_SCAN_DAYS = 3_650
_MAX_MONTHS = 600


@dataclass(frozen=True, slots=True)
class OfficeAgency:
    """An agency this office receives for.

    `code` is its identifier, the part of a dossier code before the day; `000.00.15.H47` and `H47.15` are the
    same. `slots`: into how many equal ranges the day's 9,999 numbers are cut; it is fixed with the first
    lease, because a change would make ranges overlap.
    """

    id: Id
    name: Name
    code: Id
    slots: int = DEFAULT_SLOTS

    def __post_init__(self) -> None:
        if not 1 <= self.slots <= _MAX_SLOTS:
            raise ValueError("slots_out_of_range")
        if agency_key(self.code) is None:
            raise ValueError("code_is_no_identifier")

    @property
    def key(self) -> str:
        """The identifier in the form that both writings share."""
        return agency_key(self.code) or self.code

    def range_of(self, slot: int) -> tuple[int, int]:
        """First and last number of a slot, counted from 0."""
        size = HIGHEST_NUMBER // self.slots
        return slot * size + 1, (slot + 1) * size


@dataclass(frozen=True, slots=True)
class OfficeClerk(Clerk):
    """A clerk with what she may do, by names of `grant_text.ROLES`."""

    roles: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a counter keeps scans after a dossier is finished and its files are here, and personal data after a
    dossier is finished. Without a term nothing leaves a counter by itself."""

    scan_days: int | None = None
    personal_months: int | None = None

    def __post_init__(self) -> None:
        for name, most in (("scan_days", _MAX_SCAN_DAYS), ("personal_months", _MAX_MONTHS)):
            term = getattr(self, name)
            if term is not None and not 1 <= term <= most:
                raise MalformedMessage(f"retention.{name}", "out_of_range")


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """`sign_in`: every clerk signs in as herself, with rights by her roles; each grant lasts `grant_days`."""

    id: Id
    name: Name
    superior: Name
    unit: Name
    place: Name
    number_suffix: Name
    phone: Name
    lookup: Name
    contact: Name
    code_pattern: Name
    agencies: tuple[OfficeAgency, ...] = ()
    counters: tuple[str, ...] = ()
    clerks: tuple[OfficeClerk, ...] = ()
    sign_in: bool = False
    grant_days: int = DEFAULT_GRANT_DAYS
    retention: Retention | None = None

    def __post_init__(self) -> None:
        for name, ids in (("agencies", [each.id for each in self.agencies]), ("counters", list(self.counters)),
                          ("clerks", [each.id for each in self.clerks])):
            if len(set(ids)) != len(ids):
                raise MalformedMessage(name, "twice")
        if not 1 <= self.grant_days <= _MAX_GRANT_DAYS:
            raise MalformedMessage("grant_days", "out_of_range")
        for place, clerk in enumerate(self.clerks):
            if not ROLES.issuperset(clerk.roles):
                raise MalformedMessage(f"clerks[{place}].roles", "not_a_role")
            if self.sign_in and not clerk.roles:    # she would sign in and be refused everything
                raise MalformedMessage(f"clerks[{place}].roles", "missing")

    @property
    def plain_clerks(self) -> tuple[Clerk, ...]:
        """As enrolment names them; what they may do is said by grants, which are signed."""
        return tuple(Clerk(clerk.id, clerk.name, clerk.accounts) for clerk in self.clerks)


def read_office(content: JsonObject) -> tuple[OfficeFile, JsonObject]:
    """The checked office and the part that counters receive. Raises MalformedMessage."""
    office = from_json(OfficeFile, dict(content))
    return office, {name: value for name, value in content.items() if name not in ("counters", "clerks")}
