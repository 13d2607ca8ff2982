"""Who stands at the counter and for whom: the applicant (chủ hồ sơ) and the submitter (người nộp).

They are two people in two fields even when they are one human being, because a receipt, a hand-back and
a complaint ask for them separately (Thông tư 03/2025/TT-VPCP, mẫu 01).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Gender = Literal["Nam", "Nữ"]


@dataclass(frozen=True, slots=True)
class Person:
    """A citizen as read from the card or as typed.

    `personal_id` is the 12-digit number, a 9-digit old number or a passport number, as the paper shows it;
    `card_text` is the raw payload of the scanned card, kept with the dossier for proof, None when typed.
    `address` stays as written on the card: old three-level addresses are never corrected silently.
    """

    full_name: str
    personal_id: str = ""
    birth_date: date | None = None
    gender: Gender | None = None
    address: str = ""
    phone: str = ""
    email: str = ""
    old_id: str = ""
    id_issue_date: date | None = None
    card_text: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """An enterprise or other body that owns a dossier; `tax_code` (MST) has 10, 13 or 12 digits."""

    name: str
    tax_code: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Applicant:
    """The owner of the dossier: exactly one of `person` and `organisation`."""

    person: Person | None = None
    organisation: Organisation | None = None

    def __post_init__(self) -> None:
        if (self.person is None) == (self.organisation is None):
            raise ValueError("an applicant is either a person or an organisation")

    @property
    def name(self) -> str:
        return self.person.full_name if self.person else self._organisation.name

    @property
    def identifier(self) -> str:
        """The personal number or the tax code: what a duplicate is recognised by; may be empty."""
        return self.person.personal_id if self.person else self._organisation.tax_code

    @property
    def address(self) -> str:
        return self.person.address if self.person else self._organisation.address

    @property
    def phone(self) -> str:
        return self.person.phone if self.person else self._organisation.phone

    @property
    def email(self) -> str:
        return self.person.email if self.person else self._organisation.email

    @property
    def _organisation(self) -> Organisation:
        assert self.organisation is not None
        return self.organisation


@dataclass(frozen=True, slots=True)
class Submitter:
    """Who hands the papers in. `is_delegate` means authorised by the applicant (người được ủy quyền)."""

    person: Person
    is_delegate: bool
