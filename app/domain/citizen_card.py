"""The QR of the citizen card (CCCD with chip, thẻ căn cước since July 2024) read into a person.

Fields between bars: number, old number (9 or 12 digits, may be empty), name, birth date ddMMyyyy, Nam/Nữ, address,
issue date; the card of 2024 adds four more (cancelled number, father, mother), mostly empty, in an order that no
source confirms, so they are told by their shape. The QR is not signed: it identifies, it proves nothing.

Repair happens only where it has one explanation (`card_repair`); what remains doubtful is refused with the reason.
What no reader can see: one digit of the number read as another, for the number has no check digit. The sex and
year inside it are compared with the card, and a difference is a warning the clerk answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from app.domain import card_repair
from app.domain.applicant import Gender, Person
from app.domain.personal_number import birth_year_in, gender_in, has_known_province, is_personal_number
from app.domain.scan_kind import ScanKind, kind_of_clean
from app.errors import Refusal

CardKind = Literal["CCCD", "CC"]

NEW_CARD_FROM = date(2024, 7, 1)
"""Luật Căn cước 2023 in force: cards issued from this day are thẻ căn cước (issuer Bộ Công an)."""

_FEWEST_FIELDS, _MOST_FIELDS = 6, 12
_GENDERS: dict[str, Gender] = {"Nam": "Nam", "Nữ": "Nữ", "Nu": "Nữ"}
_OLD_ID = re.compile(r"(?:[0-9]{9}|[0-9]{12})?")
_DATE = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_VIETNAMESE = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
# Letters of Ê Đê, Gia Rai, Ba Na names beside the Vietnamese ones; none of them arises from a misread code page.
_HIGHLAND = "ñčŏĕĭŭƀ"
_LETTERS = "A-Za-z" + _VIETNAMESE + _VIETNAMESE.upper() + _HIGHLAND + _HIGHLAND.upper()
_NAME = re.compile(rf"(?:[{_LETTERS}]\u0306?|[ .'-]|(?<=[A-Za-z])\u2019)+")
# "HÃ" among words like "Nguyễn" is the first byte of a lost "Hà", not a name in capitals.
_BYTE_LEFT_OVER = re.compile(r"\b[A-Z][A-Z]*[ÃÂ]\b")
_LONGEST_NAME = 100
_LONG_DIGITS = re.compile(r"[0-9]{12}|[^\W\d_][0-9]{8}$")
# Twelve keys of the digit row with Shift held, on a French layout, on the Vietnamese layout of Windows.
_OTHER_DIGIT_ROW = re.compile(
    "[!@#$%^&*()]{12}|[&é\"'(\\-è_çà]{12}|[ăâêôđấầẩẫậắằẳẵặốồổỗộếềểễệ\u0300-\u0323]{6,24}", re.IGNORECASE
)

_OTHER_CODES = {
    ScanKind.EMPTY: "card_empty",
    ScanKind.DOSSIER_CODE: "card_is_dossier_code",
    ScanKind.HEALTH_INSURANCE: "card_is_health_insurance",
    ScanKind.VIETQR: "card_is_vietqr",
    ScanKind.URL: "card_is_url",
    ScanKind.MRZ: "card_is_mrz",
    **dict.fromkeys((ScanKind.RESULT, ScanKind.ORIGINAL, ScanKind.PAPER_NUMBER, ScanKind.ITEM_CODE),
                    "card_not_recognised"),
}


@dataclass(frozen=True, slots=True)
class CardReading:
    """What a card said. `warnings` are codes in fixed order, each a thing for the clerk to look at and override.

    `card` is told by the issue date alone, None without one. `birth_year` stands alone when the card gives no day
    (warning `birth_year_only`). `field_count` may be logged, the fields may not.
    """

    person: Person
    card: CardKind | None
    cancelled_id: str | None = None
    father: str | None = None
    mother: str | None = None
    field_count: int = 1
    birth_year: int | None = None
    warnings: tuple[str, ...] = ()

    @property
    def is_number_only(self) -> bool:
        """Only the personal number was scanned or typed: name and all else are still to be asked."""
        return not self.person.full_name


def read_card(text: str, today: date | None = None, *, is_rewritten: bool = False) -> CardReading:
    """The card in `text`; the text itself is kept in `person.card_text`, without the frame of the scanner.

    `today` is the business date: birth after it is refused (not examined when None). `is_rewritten` says that the
    keys arrived through an input method at work (`Scan.is_rewritten`); then only a proven text is accepted.

    Warnings, in this order: `unknown_province_code`, `gender_digit_differs`, `year_in_id_differs`,
    `birth_year_only`, `issue_date_missing`, `issue_before_birth`, `accents_lost`, `address_damaged`,
    `number_only`, `caps_lock_repaired`, `input_method_repaired`.
    Refusals: those of `clean_scan` and `undo_caps_lock`; another kind of code: `card_is_dossier_code`,
    `card_is_health_insurance`, `card_is_vietqr`, `card_is_url`, `card_is_mrz`, `card_not_recognised`; a damaged
    card: `card_field_count` (fields), `card_id_length` (digits), `card_old_id_shape`, `card_name_missing`,
    `card_name_damaged`, `card_bad_date` (field: birth | issue), `card_gender_unknown`, `card_future_birth`,
    `card_number_implausible`, `card_two_scans`; a keyboard in the way: `card_mangled_by_input_method`,
    `card_keyboard_layout`.
    """
    payload = card_repair.clean_scan(text)
    reading = _read_clean(payload, text, today, is_rewritten)
    return replace(reading, person=replace(reading.person, card_text=text.strip("\r\n\t \0\ufeff")))


def card_as_json(text: str, today: date | None) -> dict[str, Any]:
    """The answer of the command line: `ok`, `card`, `warnings`, or `ok` and `reason` (the code of the refusal)."""
    try:
        reading = read_card(text, today)
    except Refusal as refused:
        return {"ok": False, "reason": refused.code}
    person = reading.person
    return {
        "ok": True,
        "card": {
            "personal_id": person.personal_id,
            "old_id": person.old_id or None,
            "full_name": person.full_name or None,
            "dob": person.birth_date.isoformat() if person.birth_date else None,
            "gender": person.gender,
            "address": person.address or None,
            "issue_date": person.id_issue_date.isoformat() if person.id_issue_date else None,
        },
        "warnings": list(reading.warnings),
    }


def _read_clean(payload: str, text: str, today: date | None, is_rewritten: bool) -> CardReading:
    try:
        reading, mended = _read_as_typed(payload, today)
    except Refusal:
        if payload.isascii():
            raise
        # Telex and VNI leave numbers, dates and Nam/Nu alone, so what they touched still reads as a card; only the
        # Vietnamese layout turns the digits themselves into letters.
        keys = card_repair.only_key_sequence(card_repair.outer_noise_off(text), _is_card, ("layout",))
        if keys is None:
            raise
        return _with(_read_payload(keys, today), "input_method_repaired")
    if not is_rewritten and not card_repair.is_half_marked(mended):
        return reading
    keys = card_repair.only_key_sequence(mended, _is_card)
    if keys is None:
        raise Refusal("card_mangled_by_input_method")
    return reading if keys == mended else _with(_read_payload(keys, today), "input_method_repaired")


def _read_as_typed(payload: str, today: date | None) -> tuple[CardReading, str]:
    """The reading of the payload with Caps Lock undone, and that payload."""
    unlocked = card_repair.undo_caps_lock(payload)
    if unlocked is None:
        return _read_payload(payload, today), payload
    return _with(_read_payload(unlocked, today), "caps_lock_repaired"), unlocked


def _with(reading: CardReading, warning: str) -> CardReading:
    return replace(reading, warnings=(*reading.warnings, warning))


def _is_card(payload: str) -> bool:
    try:
        reading = _read_payload(payload, None)
    except Refusal:
        return False
    return card_repair.has_printed_case(reading.person.full_name)


def _read_payload(payload: str, today: date | None) -> CardReading:
    kind = kind_of_clean(payload)
    if kind in _OTHER_CODES:
        raise Refusal(_OTHER_CODES[kind])
    if kind is ScanKind.PERSONAL_NUMBER:
        return _read_number(payload, today)
    fields = payload.split("|")
    if kind is ScanKind.UNKNOWN and not is_personal_number(fields[0]):
        raise Refusal("card_not_recognised")
    return _read_fields(fields, today)


def _read_number(number: str, today: date | None) -> CardReading:
    # Nothing else on the line can contradict a lone number, so what cannot be true is refused, not warned of.
    if today is not None and birth_year_in(number) > today.year:
        raise Refusal("card_number_implausible")
    unknown = () if has_known_province(number) else ("unknown_province_code",)
    return CardReading(Person(full_name="", personal_id=number), None, warnings=(*unknown, "number_only"))


def _read_fields(fields: list[str], today: date | None) -> CardReading:
    number = fields[0]
    if _OTHER_DIGIT_ROW.fullmatch(number):
        raise Refusal("card_keyboard_layout")
    if not is_personal_number(number):
        raise Refusal("card_id_length", digits=sum(sign in "0123456789" for sign in number))
    if not _FEWEST_FIELDS <= len(fields) <= _MOST_FIELDS:
        raise Refusal("card_field_count", fields=len(fields))
    old_id, name, birth, gender_word, address = fields[1:6]
    issue = fields[6] if len(fields) > 6 else ""
    _refuse_merged(address, fields[7:])
    if not _OLD_ID.fullmatch(old_id):
        raise Refusal("card_old_id_shape")
    full_name = _read_name(name)
    birth_date, birth_year = _read_birth(birth, today)
    if gender_word not in _GENDERS:
        raise Refusal("card_gender_unknown")
    gender = _GENDERS[gender_word]
    issue_date = _read_date(issue, "issue") if issue else None
    cancelled_id, father, mother = _read_extras(fields[7:])
    is_plain = "".join((name, gender_word, address)).isascii()
    doubts = {
        "unknown_province_code": not has_known_province(number),
        "gender_digit_differs": gender_in(number) != gender,
        "year_in_id_differs": birth_year_in(number) != birth_year,
        "birth_year_only": birth_date is None,
        "issue_date_missing": issue_date is None,
        "issue_before_birth": issue_date is not None and issue_date < (birth_date or date(birth_year, 1, 1)),
        "accents_lost": is_plain,
        "address_damaged": card_repair.looks_garbled(address),
    }
    return CardReading(
        person=Person(
            full_name=full_name,
            personal_id=number,
            birth_date=birth_date,
            gender=gender,
            address=address,
            old_id=old_id,
            id_issue_date=issue_date,
        ),
        card=None if issue_date is None else "CC" if issue_date >= NEW_CARD_FROM else "CCCD",
        cancelled_id=cancelled_id,
        father=father,
        mother=mother,
        field_count=len(fields),
        birth_year=birth_year,
        warnings=tuple(code for code, holds in doubts.items() if holds),
    )


def _refuse_merged(address: str, extras: list[str]) -> None:
    """A second scan that began inside the first leaves its number or date in the address, its sex behind."""
    if _LONG_DIGITS.search(address) or any(extra in _GENDERS for extra in extras):
        raise Refusal("card_two_scans")


def _read_name(name: str) -> str:
    if not name:
        raise Refusal("card_name_missing")
    is_spelt = _NAME.fullmatch(name) and any(map(str.isalpha, name)) and len(name) <= _LONGEST_NAME
    if not is_spelt or (not name.isupper() and _BYTE_LEFT_OVER.search(name)):
        raise Refusal("card_name_damaged")
    return re.sub(" +", " ", name)


def _read_birth(written: str, today: date | None) -> tuple[date | None, int]:
    if re.fullmatch(r"0000(?:19|2[0-9])[0-9]{2}", written):
        # Old people whose day is not known; the day is not invented.
        birth_date, birth_year = None, int(written[4:])
        is_future = today is not None and birth_year > today.year
    else:
        birth_date = _read_date(written, "birth")
        birth_year = birth_date.year
        is_future = today is not None and birth_date > today
    if birth_year < 1900:
        raise Refusal("card_bad_date", field="birth")
    if is_future:
        raise Refusal("card_future_birth")
    return birth_date, birth_year


def _read_date(written: str, field: str) -> date:
    found = _DATE.fullmatch(written)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date(0, 1, 1)
    except ValueError:
        raise Refusal("card_bad_date", field=field) from None


def _read_extras(extras: list[str]) -> tuple[str | None, str | None, str | None]:
    """Cancelled number, father, mother among the fields behind the issue date, told by their shape."""
    cancelled = next((extra for extra in extras if is_personal_number(extra)), None)
    named = [at for at, extra in enumerate(extras) if _NAME.fullmatch(extra) and any(map(str.isalpha, extra))]
    if len(named) == 1 and named[0] == 3:
        return cancelled, None, extras[3]   # the mother alone, in the last of the four places
    names = [extras[at] for at in named] + ["", ""]
    return cancelled, names[0] or None, names[1] or None
