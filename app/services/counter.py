"""Who this counter is: what enrolment gave it, as values that every other service takes as an argument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection

from app.domain.papers import OfficeHead
from app.domain.people.rights import Rights
from app.errors import Refusal
from app.services.people.grants import SIGN_IN, Granted, read_granted
from app.services.people.switch import is_on
from app.store.epochs import note_past
from app.store.journal import STOPPED, Author
from app.store.settings import read_setting, read_sync, write_setting, write_sync

DEFAULT_CODE_PATTERN = "{org}-{yymmdd}-{n:4}"
SHIFT = "shift"
"""Setting: {"clerk", "name", "since"} of who works this counter since the last change of shift."""


@dataclass(frozen=True, slots=True)
class Clerk:
    """A clerk of this counter; `accounts` maps an agency id to the clerk's account there."""

    id: str
    name: str
    accounts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Counter:
    """This counter as the province enrolled it. Read again after each contact: leases and names may change.

    Where the office has personal sign-in (`has_sign_in`) the clerk who acts is the one who signed in; the shift
    stays with the one who answers for drawer and counter until it is handed over.
    """

    device: str
    epoch: int
    key: Ed25519PrivateKey
    name: str                                      # "Quầy 3"
    office: Mapping[str, Any]                      # as the province sent it: id, name, unit, place …
    clerks: tuple[Clerk, ...]
    province_key: bytes                            # 32 raw bytes; checks leases and packages
    clock_offset_ms: int | None
    shift: Mapping[str, Any] = field(default_factory=dict)     # `SHIFT`; empty before the first change of shift
    granted: Granted | None = None                 # None where the office has no personal sign-in
    is_switch_edited: bool = False                 # the book alone says that nobody signs in
    second: str = ""                               # id of the clerk who stands by; see `with_second`

    @property
    def has_sign_in(self) -> bool:
        """Whether each clerk signs in as herself, with rights of her own; otherwise each may do what any may."""
        return self.granted is not None

    @property
    def shift_clerk(self) -> str:
        """Id of who works this counter: taken over last, or the first of its clerks; "" when it has none."""
        first = self.clerks[0].id if self.clerks else ""
        return str(self.shift.get("clerk", first))

    @property
    def shift_name(self) -> str:
        """The name of that clerk, also when the province has taken her off the list meanwhile."""
        known = next((clerk.name for clerk in self.clerks if clerk.id == self.shift_clerk), "")
        return known or str(self.shift.get("name", ""))

    @property
    def is_shift_manned(self) -> bool:
        """Whether that clerk still belongs to this counter; otherwise nobody can act until the next takes over."""
        return any(clerk.id == self.shift_clerk for clerk in self.clerks)

    @property
    def paper_device(self) -> str:
        """Whose numbers the counter's own papers (manifests, lists) bear: each epoch counts from 1 again."""
        return self.device if self.epoch == 1 else f"{self.device}/{self.epoch}"

    @property
    def office_id(self) -> str:
        return str(self.office["id"])

    @property
    def office_name(self) -> str:
        return str(self.office.get("name", ""))

    @property
    def code_pattern(self) -> str:
        return str(self.office.get("code_pattern") or DEFAULT_CODE_PATTERN)

    @property
    def paper_head(self) -> OfficeHead:
        """What the papers print about the issuing unit, from the province's configuration."""
        return OfficeHead(
            superior=str(self.office.get("superior", "")),
            unit=str(self.office.get("unit", "")),
            place=str(self.office.get("place", "")),
            number_suffix=str(self.office.get("number_suffix", "")),
            phone=str(self.office.get("phone", "")),
            lookup=str(self.office.get("lookup", "")),
            contact=str(self.office.get("contact", "")),
        )

    def clerk(self, clerk_id: str) -> Clerk:
        """Raises `clerk_unknown`."""
        for clerk in self.clerks:
            if clerk.id == clerk_id:
                return clerk
        raise Refusal("clerk_unknown", clerk=clerk_id)

    def rights(self, clerk: Clerk) -> Rights | None:
        """What she may; None where no rights are asked for."""
        if self.granted is None:
            return None
        rights = self.granted.rights(clerk.id, clerk.name, self.office_id)
        if not self.second:
            return rights
        second = self.clerk(self.second)
        return rights.beside(self.granted.rights(second.id, second.name, self.office_id))

    def with_second(self, clerk_id: str) -> Counter:
        """This counter for one act, with that clerk as the second person. Raises `clerk_unknown`."""
        return replace(self, second=self.clerk(clerk_id).id)

    def author(self, clerk: Clerk | None, agency: str = "") -> Author:
        """Who signs: a clerk with the account of that agency, or "system" for what no clerk did."""
        return Author(
            device=self.device,
            epoch=self.epoch,
            key=self.key,
            office=self.office_id,
            staff=clerk.id if clerk else "system",
            agency_account=clerk.accounts.get(agency, "") if clerk else "",
            clock_offset_ms=self.clock_offset_ms,
            rights=self.rights(clerk) if clerk else None,
        )


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the province answered, in plain values; `office` and `clerks` as JSON objects."""

    device: str
    epoch: int
    token: str
    office: Mapping[str, Any]
    counter_name: str
    clerks: tuple[Mapping[str, Any], ...]
    province_key: bytes
    gateway_url: str


def enrol(connection: Connection, key: Ed25519PrivateKey, enrolment: Enrolment) -> None:
    """Make this book the book of an enrolled counter, or let it go on under a new epoch of the same.

    Raises `already_enrolled` for a second device.
    """
    held = read_setting(connection, "device")
    if held is not None and held["id"] != enrolment.device:
        raise Refusal("already_enrolled")
    if held is not None and held["epoch"] != enrolment.epoch:
        former = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(held["key"]))
        note_past(connection, held["epoch"], former.public_key().public_bytes_raw())
        write_sync(connection, STOPPED, None)      # other numbers: whatever stopped the old ones is over
    write_setting(
        connection,
        "device",
        {"id": enrolment.device, "epoch": enrolment.epoch, "key": key.private_bytes_raw().hex()},
    )
    write_setting(connection, "gateway", {"url": enrolment.gateway_url, "token": enrolment.token})
    write_setting(connection, "province_key", enrolment.province_key.hex())
    note_office(connection, enrolment.office, enrolment.counter_name, enrolment.clerks)


def note_office(
    connection: Connection, office: Mapping[str, Any], counter_name: str, clerks: tuple[Mapping[str, Any], ...]
) -> None:
    """The province's current words for this office, counter and its clerks."""
    write_setting(connection, "office", dict(office))
    write_setting(connection, "counter_name", counter_name)
    write_setting(connection, "clerks", [dict(clerk) for clerk in clerks])


def load_counter(
    connection: Connection, *, was_used: bool = False, used_with: date | None = None
) -> Counter | None:
    """The enrolled counter of this book, or None before enrolment. `was_used`: somebody has signed in on this
    machine before, whatever the book says; `used_with` a grant of that day (`people.switch`)."""
    device = read_setting(connection, "device")
    if device is None:
        return None
    office = read_setting(connection, "office", {})
    province_key = bytes.fromhex(read_setting(connection, "province_key", ""))
    said = read_granted(connection, province_key)
    has_sign_in = is_on(connection, province_key, office, said, was_used=was_used, used_with=used_with)
    granted = said if has_sign_in else None
    return Counter(
        device=device["id"],
        epoch=device["epoch"],
        key=Ed25519PrivateKey.from_private_bytes(bytes.fromhex(device["key"])),
        name=read_setting(connection, "counter_name", ""),
        office=office,
        clerks=_clerks(connection, granted),
        province_key=province_key,
        clock_offset_ms=read_sync(connection, "clock_offset_ms"),
        shift=read_setting(connection, SHIFT, {}),
        granted=granted,
        is_switch_edited=granted is not None and office.get(SIGN_IN) is not True,
    )


def _clerks(connection: Connection, granted: Granted | None) -> tuple[Clerk, ...]:
    """As enrolment named them; a grant has the newer word on name and accounts, and may name one more."""
    known = {
        entry["id"]: Clerk(entry["id"], entry["name"], dict(entry.get("accounts", {})))
        for entry in read_setting(connection, "clerks", [])
    }
    for grant in granted.good.values() if granted is not None else ():
        known[grant.clerk] = Clerk(grant.clerk, grant.name, dict(grant.accounts))
    return tuple(known.values())
