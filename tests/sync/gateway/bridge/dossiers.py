"""Dossiers as counters write them, with invented people: the body of a reception, and what follows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.domain.body import to_body
from app.domain.dossier import DossierBody, Due
from app.domain.intake import Intake
from app.domain.life.facts import Facts, kind_of
from sync.gateway.bridge.configuration import Configuration
from tests.office import sample_intake
from tests.sync.gateway.counterpart import FakeCounter, Op

RECEIVED_AT = datetime(2026, 9, 21, 1, 30, 15, tzinfo=UTC)     # 08:30:15 at the counter
DUE_AT = datetime(2026, 9, 30, 10, 0, tzinfo=UTC)


def configuration(**changes: Any) -> Configuration:
    return Configuration(
        login_url="https://quocgia.mau.example/login", service_url="https://quocgia.mau.example/service",
        unit="000.00.00.H47", username="mau", password_file="mat-khau", **changes)


def dossier_body(code: str, intake: Intake | None = None, *, version: int = 1) -> dict[str, Any]:
    """The text of a dossier, as a reception's or correction's body has it under "dossier"."""
    body: dict[str, Any] = to_body(DossierBody(
        code=code, version=version, received_at=RECEIVED_AT, business_date=date(2026, 9, 21), book="2026",
        book_number=1, form_set="2025", clerk="nv1", clerk_name="Trần Thị Mẫu", secret="ABCD",
        due=Due(DUE_AT, (), (), "lịch thử", "quy tắc thử"), intake=intake or sample_intake("i"),
    ))
    return body


def receive(counter: FakeCounter, number: str, intake: Intake | None = None) -> Op:
    return counter.write(number=number, body={
        "dossier": dossier_body(number, intake), "clerk_name": "Trần Thị Mẫu", "lease_id": "x", "lease_number": 1})


def correct(counter: FakeCounter, number: str, intake: Intake, version: int = 2) -> Op:
    return counter.write(type="dossier.corrected", body={
        "code": number, "base_version": version - 1, "reason": "gõ nhầm", "changes": [],
        "clerk_name": "Trần Thị Mẫu", "dossier": dossier_body(number, intake, version=version)})


def act(counter: FakeCounter, facts: Facts, *codes: str, base: str = "", hours: float = 1) -> Op:
    """One operation of a dossier's life, about all these."""
    at = RECEIVED_AT + timedelta(hours=hours)
    return counter.write(
        type=str(kind_of(facts)), wall_time=at.isoformat(timespec="milliseconds"),
        body={"clerk_name": "Trần Thị Mẫu", "source": "counter",
              "lines": [{"code": code, "base": base, "facts": to_body(facts)} for code in codes]})


def digitise(
    counter: FakeCounter, number: str, requirement: str, documents: Mapping[str, int], *, version: int = 1,
) -> Op:
    """`documents`: SHA-256 → size."""
    return counter.write(type="paper.digitised", body={
        "code": number, "requirement": requirement, "version": version, "status": 1, "clerk_name": "Trần Thị Mẫu",
        "about": {"name": "Tờ khai"}, "checks": {},
        "documents": [{"sha256": name, "size": size, "mime": "application/pdf", "pages": 1}
                      for name, size in documents.items()],
        "attachments": [{"sha256": name, "size": size, "mime": "application/pdf"}
                        for name, size in documents.items()]})


def online(code: str, intake: Intake | None = None) -> Intake:
    """The same form, filed on the national portal under this code."""
    return replace(intake or sample_intake("i"), channel=2, national_code=code)
