"""The catalogue package: one JSON text that comes by line or by USB stick, is checked, and switched as a whole.

Shape (format 1): {format, version, published, valid_from, source, agencies, procedures, receivable,
fee_overrides, reliefs}. The text is canonical: fields that have their default value are left out, keys are sorted,
lists keep their order, so equal catalogues give equal text and the province signs exactly what is read.
Dates are yyyy-mm-dd, amounts whole đồng, `receivable` null for "all".
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any

from app.domain.catalogue_check import check_catalogue
from app.domain.catalogue_fees import read_fee, read_relief
from app.domain.package_reader import Fields, parse_json, read_text, wrong_shape
from app.domain.procedure import (
    Agency,
    Catalogue,
    Condition,
    FeeRule,
    Leg,
    Procedure,
    ProcedureCase,
    ProcessingTime,
    Requirement,
    RequirementKind,
    TimeUnit,
)
from app.errors import Refusal

FORMAT = 1
MAX_CHARACTERS = 64 * 1024 * 1024  # the full national list is about 8 million
MAX_TIME = 3_660                   # days or hours: what the due date computes
MAX_QUANTITY = 1_000               # copies of one paper
MAX_LEGS = 12                      # agencies one after the other; each is a line of the receipt
MAX_RELIEFS = 1_000


def dump_catalogue(catalogue: Catalogue, *, indent: int | None = None) -> str:
    """The canonical text of `catalogue`; `indent` only for a file that people read."""
    package = {"format": FORMAT, **_plain(catalogue)}
    return json.dumps(package, ensure_ascii=False, sort_keys=True, allow_nan=False, indent=indent,
                      separators=(",", ":") if indent is None else (",", ": "))


def load_catalogue(text: str) -> Catalogue:
    """The catalogue in `text`, checked as a whole; texts come out in NFC.

    Raises Refusal: `catalogue_not_json`, `catalogue_too_large`, `catalogue_format_unknown`,
    `catalogue_wrong_shape`, `catalogue_bad_value`, `catalogue_unknown_field`, and those of `check_catalogue`.
    """
    package = Fields(parse_json(text, max_characters=MAX_CHARACTERS), "")
    written = package.raw("format")
    if type(written) is not int or written != FORMAT:  # `True == 1` and `1.0 == 1` are not meant
        raise Refusal("catalogue_format_unknown", format=str(written)[:20], known=FORMAT)
    catalogue = Catalogue(
        version=package.text("version", required=True, limit=100),
        published=package.required_day("published"),
        valid_from=package.required_day("valid_from"),
        source=package.text("source"),
        agencies=package.items("agencies", _agency),
        procedures=package.items("procedures", _procedure),
        receivable=frozenset(package.texts("receivable")) if package.raw("receivable") is not None else None,
        fee_overrides=_overrides(package),
        reliefs=package.items("reliefs", read_relief, limit=MAX_RELIEFS),
    )
    package.finish()
    check_catalogue(catalogue)
    return catalogue


def _agency(value: Any, where: str) -> Agency:
    read = Fields(value, where)
    agency = Agency(
        id=read.text("id", required=True, limit=100),
        name=read.text("name", required=True),
        level=read.text("level", required=True, limit=100),
        identifiers=read.texts("identifiers", limit=100),
        parent=read.text("parent", limit=100),
        address=read.text("address"),
        phone=read.text("phone", limit=100),
        valid_from=read.day("valid_from"),
        valid_to=read.day("valid_to"),
    )
    read.finish()
    return agency


def _procedure(value: Any, where: str) -> Procedure:
    read = Fields(value, where)
    procedure = Procedure(
        code=read.text("code", required=True, limit=20),
        name=read.text("name", required=True),
        field=read.text("field", required=True),
        agency=read.text("agency", required=True, limit=100),
        level=read.texts("level", limit=20),
        cases=read.items("cases", _case, limit=500),
        results=read.texts("results", limit=500),
        legal_basis=read.texts("legal_basis", limit=500),
        guidance=read.text("guidance"),
        decision=read.text("decision"),
        valid_from=read.day("valid_from"),
        valid_to=read.day("valid_to"),
        keywords=read.texts("keywords", limit=100),
        starts_next_day_after=read.text("starts_next_day_after", limit=5),
        source=read.text("source"),
        doubts=read.texts("doubts", limit=500),
    )
    read.finish()
    return procedure


def _case(value: Any, where: str) -> ProcedureCase:
    read = Fields(value, where)
    case = ProcedureCase(
        code=read.text("code", required=True, limit=50),
        name=read.text("name", required=True),
        time=_time(read.raw("time"), read.place("time")),
        requirements=read.items("requirements", _requirement, limit=1_000),
        fees=read.items("fees", read_fee, limit=200),
        note=read.text("note"),
        legs=read.items("legs", _leg, limit=MAX_LEGS),
        second_stage=_second_stage(read),
    )
    read.finish()
    return case


def _leg(value: Any, where: str) -> Leg:
    read = Fields(value, where)
    leg = Leg(
        agency_name=read.text("agency_name", required=True, limit=500),
        time=_time(read.raw("time"), read.place("time")),
        is_own=read.flag("is_own", default=False),
    )
    read.finish()
    return leg


def _second_stage(case: Fields) -> ProcessingTime | None:
    value = case.raw("second_stage")
    return None if value is None else _time(value, case.place("second_stage"))


def _time(value: Any, where: str) -> ProcessingTime:
    read = Fields(value, where)
    if not read.has("unit"):
        raise wrong_shape(read.place("unit"), "unit of time")
    time = ProcessingTime(
        value=read.integer("value", limit=MAX_TIME),
        unit=read.choice("unit", TimeUnit, default=TimeUnit.NONE),
        note=read.text("note"),
    )
    read.finish()
    return time


def _requirement(value: Any, where: str) -> Requirement:
    read = Fields(value, where)
    requirement = Requirement(
        code=read.text("code", required=True, limit=50),
        name=read.text("name", required=True),
        originals=read.integer("originals", limit=MAX_QUANTITY) or 0,
        certified=read.integer("certified", limit=MAX_QUANTITY) or 0,
        copies=read.integer("copies", limit=MAX_QUANTITY) or 0,
        is_required=read.flag("is_required", default=True),
        condition=read.choice("condition", Condition, default=Condition.ALWAYS),
        kind=read.choice("kind", RequirementKind, default=RequirementKind.PAPER),
        form=read.text("form"),
        alternatives=read.text("alternatives", limit=100),
    )
    read.finish()
    return requirement


def _overrides(package: Fields) -> dict[str, tuple[FeeRule, ...]]:
    value = package.raw("fee_overrides")
    if value is None:
        return {}
    overrides = Fields(value, "fee_overrides")
    return {
        read_text(code, "fee_overrides", required=True): overrides.items(code, read_fee, limit=200)
        for code in value
    }


def _plain(value: Any) -> Any:
    """Plain JSON values of a catalogue part, without the fields that have their default value."""
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)
                if not _is_default(item, getattr(value, item.name))}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _is_default(item: Any, value: Any) -> bool:
    if item.default is not MISSING:
        return bool(value == item.default)
    return item.default_factory is not MISSING and not value
