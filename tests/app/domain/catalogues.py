"""Small invented catalogues for the tests of this room, and the starter catalogue as it ships."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import resources
from app.domain.catalogue_codec import load_catalogue
from app.domain.procedure import (
    Agency,
    Catalogue,
    Procedure,
    ProcedureCase,
    ProcessingTime,
    TimeUnit,
)

AGENCY = Agency("so-mau", "Sở Mẫu tỉnh Mẫu", "tỉnh", ("H47.99", "000.00.99.H47"))
FIVE_DAYS = ProcessingTime(5, TimeUnit.WORKING_DAY)
CASE = ProcedureCase("1", "Trường hợp thử", FIVE_DAYS, ())


def procedure(code: str = "1.000001", name: str = "Thủ tục thử", **fields: object) -> Procedure:
    given: dict[str, object] = {
        "field": "Lĩnh vực thử", "agency": AGENCY.id, "level": ("tỉnh",), "cases": (CASE,), **fields,
    }
    return Procedure(code=code, name=name, **given)  # type: ignore[arg-type]


def catalogue(*procedures: Procedure, **fields: object) -> Catalogue:
    given: dict[str, object] = {
        "version": "thử", "published": date(2026, 1, 1), "valid_from": date(2026, 1, 1), "source": "thử",
        "agencies": (AGENCY,), "procedures": procedures, **fields,
    }
    return Catalogue(**given)  # type: ignore[arg-type]


def starter_text() -> str:
    return (Path(resources.__file__).parent / "catalogue" / "starter.json").read_text(encoding="utf-8")


def starter() -> Catalogue:
    return load_catalogue(starter_text())
