"""Scanning and filing in one call each, as the window does them: every act a transaction of its own."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from app.domain.digitised import PDF, DigitisingRule, PaperAbout, QualityCheck
from app.domain.identifiers import uuid7
from app.domain.intake import Intake, PaperGiven
from app.domain.scanned_page import ScannedPage
from app.services.correct import correct_dossier
from app.services.digitise import DigitisedPaper, FiledStack, check_paper, file_paper, reuse_paper, use_rule
from app.services.reuse import Reusable
from app.services.scan_tray import keep_page
from app.services.stored_dossier import read_dossier
from tests.office import Office

GOOD = QualityCheck(is_complete=True, is_readable=True, is_right_person=True)
COMPARED = replace(GOOD, is_compared=True)

Papers = tuple[PaperGiven, ...]


def page_bytes(seed: int, size: int = 3_000) -> bytes:
    """Bytes that stand for a scanned page: the store never looks into them."""
    return b"\x89PNG" + random.Random(seed).randbytes(size)


def scan(office: Office, intent: str, content: bytes, *, ordinal: int = 1, batch: str = "lượt-1",
         page_id: str = "") -> ScannedPage:
    """One page arrives."""
    application = office.application
    page_id = page_id or uuid7(office.clock.now(), office.noise.randbytes)
    with application.database.writing() as connection:
        return keep_page(
            connection, application.blobs, page_id=page_id, intent=intent, batch=batch, ordinal=ordinal,
            source="file", content=content, mime="image/png", now=office.clock.now(),
        )


def stack_of(office: Office, *pages: ScannedPage, pdf: bytes | None = None) -> FiledStack:
    """The pages as one document that is in the store."""
    content = pdf if pdf is not None else b"%PDF-1.7 " + "|".join(page.id for page in pages).encode()
    return FiledStack(tuple(page.id for page in pages), office.application.blobs.put(content, PDF))


def file_stacks(
    office: Office, code: str, requirement: str, *stacks: FiledStack, intent: str, about: PaperAbout | None = None,
    checks: QualityCheck = GOOD,
) -> DigitisedPaper:
    application = office.application
    with application.database.writing() as connection:
        return file_paper(
            connection, application.blobs, application.enrolled, office.clerk, code, requirement=requirement,
            stacks=stacks, about=about or PaperAbout(), checks=checks, intent=intent, now=office.clock.now(),
            randomness=office.noise.randbytes,
        )


def scan_and_file(
    office: Office, intake: Intake, code: str, requirement: str, *, seed: int, about: PaperAbout | None = None,
) -> DigitisedPaper:
    """Two pages scanned for a received dossier and filed as one document."""
    pages = [scan(office, intake.intent, page_bytes(seed * 10 + turn), ordinal=turn + 1) for turn in range(2)]
    return file_stacks(office, code, requirement, stack_of(office, *pages), intent=f"số-hóa-{seed}", about=about)


def reuse(office: Office, code: str, requirement: str, found: Reusable, *, intent: str) -> DigitisedPaper:
    application = office.application
    with application.database.writing() as connection:
        return reuse_paper(
            connection, application.enrolled, office.clerk, code, requirement, found, checks=GOOD, intent=intent,
            now=office.clock.now(), randomness=office.noise.randbytes,
        )


def check(office: Office, code: str, requirement: str, version: int, *, intent: str,
          checks: QualityCheck = COMPARED) -> None:
    application = office.application
    with application.database.writing() as connection:
        check_paper(
            connection, application.enrolled, office.clerk, code, requirement, checks, version=version,
            intent=intent, now=office.clock.now(), randomness=office.noise.randbytes,
        )


def rule(office: Office, wanted: DigitisingRule) -> None:
    with office.application.database.writing() as connection:
        use_rule(connection, wanted)


def correct_papers(office: Office, code: str, change: Callable[[Papers], Papers]) -> str:
    """The next version of the receipt with other papers; the code again."""
    application = office.application
    with application.database.writing() as connection:
        before = read_dossier(connection, code).body
        papers = change(before.intake.papers)
        correct_dossier(
            connection, application.enrolled, office.clerk, application.rules, code,
            replace(before.intake, papers=papers), "bổ sung", base_version=before.version,
            intent=f"sửa {before.version}", now=office.clock.now(), randomness=office.noise.randbytes,
        )
    return code
