"""A grant is what the province wrote, for its office and its days."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people.grant import Grant, Standing, standing
from app.domain.people.roles import Role

DAY = date(2026, 11, 23)


def text(**changes: Any) -> str:
    said = {"kind": "grant", "clerk": "nv-1", "name": "Trần Thị Thử", "office": "bc",
            "roles": ["intake", "cashier"], "accounts": {"cong-an": "ca.thu"},
            "until": "2026-12-07", "serial": 3, "activation": ""}
    return json.dumps(said | changes)


def test_a_grant_is_read_with_what_it_does_not_know_passed_by() -> None:
    grant = Grant.from_payload(text(roles=["intake", "phi-công"], shade="xanh"))
    assert grant == Grant("nv-1", "Trần Thị Thử", "bc", frozenset({Role.INTAKE}), {"cong-an": "ca.thu"},
                          date(2026, 12, 7), 3, "")


@pytest.mark.parametrize("payload", [
    "", "[]", "null", "{}", text(kind="lease"), text(until="hôm nay"), text(serial=True), text(serial=-1),
    text(serial="3"), text(clerk=4), text(roles=[1]), text(accounts={"a": 1}), text(accounts=[1]),
    text(roles=None), "[" * 100_000,
])
def test_another_text_is_no_grant(payload: str) -> None:
    with pytest.raises(ValueError):
        Grant.from_payload(payload)


@given(days=st.integers(-400, 400), office=st.sampled_from(["bc", "nơi-khác"]), is_revoked=st.booleans())
def test_a_grant_is_good_up_to_its_last_day_in_its_own_office(days: int, office: str, is_revoked: bool) -> None:
    grant = Grant.from_payload(text(until=DAY.isoformat()))
    found = standing(grant, office=office, today=DAY + timedelta(days=days), is_revoked=is_revoked)
    assert (found is Standing.GOOD) == (days <= 0 and office == "bc" and not is_revoked)
    if is_revoked:
        assert found is Standing.REVOKED
    elif office != "bc":
        assert found is Standing.FOREIGN


def test_without_a_grant_nobody_stands() -> None:
    assert standing(None, office="bc", today=DAY, is_revoked=False) is Standing.MISSING
