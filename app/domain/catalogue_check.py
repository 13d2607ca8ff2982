"""What must hold across a whole catalogue before a counter may offer it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.domain.catalogue_fees import check_reliefs, check_rules, check_span
from app.domain.procedure import Catalogue, Procedure, ProcedureCase
from app.domain.text import fold
from app.errors import Refusal

CODE = re.compile(r"\d\.\d{6}")
"""Procedure code of the national database; agency suffixes (`.000.00.00.H56`) are kept apart."""

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def check_catalogue(catalogue: Catalogue) -> None:
    """Raises Refusal (`catalogue_…`) at the first thing that cannot be right; `where` names the place."""
    agencies = [agency.id for agency in catalogue.agencies]
    _refuse_duplicates("agencies", agencies)
    known = set(agencies)
    for agency in catalogue.agencies:
        if agency.parent and agency.parent not in known:
            raise Refusal("catalogue_unknown_agency", where=f"agencies {agency.id}", agency=agency.parent)
        check_span(f"agencies {agency.id}", agency.valid_from, agency.valid_to)
    _refuse_duplicates("procedures", [procedure.code for procedure in catalogue.procedures])
    for procedure in catalogue.procedures:
        if procedure.agency not in known:
            raise Refusal("catalogue_unknown_agency", where=procedure.code, agency=procedure.agency)
        _check_procedure(procedure)
    _check_local(catalogue)
    check_reliefs(catalogue.reliefs, _fee_codes(catalogue))


def _check_procedure(procedure: Procedure) -> None:
    if not CODE.fullmatch(procedure.code):
        raise Refusal("catalogue_bad_value", where="procedures", value=procedure.code, expected="d.dddddd")
    if not procedure.cases:
        raise Refusal("catalogue_wrong_shape", where=procedure.code, expected="at least one case")
    if procedure.starts_next_day_after and not _CLOCK.fullmatch(procedure.starts_next_day_after):
        raise Refusal("catalogue_bad_value", where=procedure.code, value=procedure.starts_next_day_after,
                      expected="hh:mm")
    check_span(procedure.code, procedure.valid_from, procedure.valid_to)
    _refuse_duplicates(f"{procedure.code} cases", [case.code for case in procedure.cases])
    for case in procedure.cases:
        _check_case(f"{procedure.code} case {case.code}", case)


def _check_case(where: str, case: ProcedureCase) -> None:
    _refuse_duplicates(f"{where} requirements", [item.code for item in case.requirements])
    check_rules(where, case.fees)
    if case.legs:
        _check_legs(where, case)


def _check_legs(where: str, case: ProcedureCase) -> None:
    """Legs are parts of the promised time, so the promise must be there and hold all of them."""
    if len(case.legs) < 2 or sum(leg.is_own for leg in case.legs) != 1:
        raise Refusal("catalogue_wrong_shape", where=f"{where} legs",
                      expected="no legs, or two and more of which one is own")
    if not case.time.is_computable:
        raise Refusal("catalogue_wrong_shape", where=f"{where} time", expected="a time for all legs together")
    together = sum(leg.time.value or 0 for leg in case.legs if leg.time.unit is case.time.unit)
    if together > (case.time.value or 0):
        raise Refusal("catalogue_bad_value", where=f"{where} legs", value=str(together),
                      expected=f"at most {case.time.value} {case.time.unit}")


def _check_local(catalogue: Catalogue) -> None:
    procedures = {procedure.code: procedure for procedure in catalogue.procedures}
    for code in sorted(catalogue.receivable or ()):
        if code not in procedures:
            raise Refusal("catalogue_unknown_procedure", where="receivable", procedure=code)
    for code, rules in catalogue.fee_overrides.items():
        if code not in procedures:
            raise Refusal("catalogue_unknown_procedure", where="fee_overrides", procedure=code)
        where = f"fee_overrides {code}"
        check_rules(where, rules)
        fixed = {fold(rule.name) for case in procedures[code].cases for rule in case.fees
                 if not rule.set_by_province}
        for rule in rules:
            if fold(rule.name) in fixed:
                raise Refusal("catalogue_fee_not_local", where=where, fee=rule.name)


def _fee_codes(catalogue: Catalogue) -> frozenset[str]:
    national = {rule.code for procedure in catalogue.procedures for case in procedure.cases for rule in case.fees}
    local = {rule.code for rules in catalogue.fee_overrides.values() for rule in rules}
    return frozenset(national | local) - {""}


def _refuse_duplicates(where: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise Refusal("catalogue_duplicate", where=where, key=key)
        seen.add(key)
