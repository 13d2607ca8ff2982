"""What crosses between the window's process and the light table: plain values that open no picture.

Kept apart from the stages so that the window can name them without loading `numpy` and Pillow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from app.domain.scanning import Colour, Finding, Treatment


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page as it goes into the PDF. `mime` is image/jpeg or image/tiff (one Group 4 frame in one strip)."""

    content: bytes
    mime: str
    finding: Finding
    thumbnail: bytes               # JPEG, longest side at most 240 px


@dataclass(frozen=True, slots=True)
class SplitPage:
    """One page of a foreign file as a picture that states its dpi; without loss where the page was a scan."""

    content: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class PageForPdf:
    """One prepared page on its way into a document. `turn`: quarter turns clockwise, in degrees.

    `text_layer` is what `LightTable.text` made of the same content and turn; empty: none.
    """

    content: bytes
    mime: str
    turn: int = 0
    text_layer: bytes = b""


@dataclass(frozen=True, slots=True)
class DocumentAbout:
    """What the PDF says of itself. Only of the paper and the office: nothing here names a citizen."""

    title: str                     # name of the requirement
    created_at: datetime           # aware
    creator: str = ""              # who digitised: office and counter
    paper_number: str = ""         # số, ký hiệu of the paper
    issued_on: date | None = None
    issuer: str = ""
    signer: str = ""
    dossier_code: str = ""


def treatment_to_head(treatment: Treatment) -> dict[str, Any]:
    return asdict(treatment)


def treatment_from_head(head: Mapping[str, Any]) -> Treatment:
    return Treatment(**{**_known(Treatment, head), "colour": Colour(head["colour"])})


def finding_to_head(finding: Finding) -> dict[str, Any]:
    return asdict(finding)


def finding_from_head(head: Mapping[str, Any]) -> Finding:
    """Raises ValueError, TypeError or KeyError when `head` is no finding."""
    return Finding(**{
        **_known(Finding, head), "colour": Colour(head["colour"]),
        "codes": tuple(map(str, head["codes"])), "doubts": tuple(map(str, head["doubts"])),
    })


def about_to_head(about: DocumentAbout) -> dict[str, Any]:
    return {
        **asdict(about), "created_at": about.created_at.isoformat(),
        "issued_on": about.issued_on.isoformat() if about.issued_on else None,
    }


def about_from_head(head: Mapping[str, Any]) -> DocumentAbout:
    issued = head["issued_on"]
    return DocumentAbout(**{
        **_known(DocumentAbout, head), "created_at": datetime.fromisoformat(head["created_at"]),
        "issued_on": date.fromisoformat(issued) if issued else None,
    })


def _known(kind: Any, head: Mapping[str, Any]) -> dict[str, Any]:
    return {each.name: head[each.name] for each in fields(kind) if each.name in head}
