"""Phiếu hướng dẫn: what to bring, printed with one key; no dossier, no number."""

from __future__ import annotations

from app.domain.derivation_words import describe_time
from app.domain.fee import fees_due
from app.domain.fee_words import announced_line
from app.domain.papers import GuidanceSlip, PaperLine
from app.domain.procedure import Procedure, ProcedureCase
from app.domain.vietnam_time import local
from app.errors import KnownError
from app.store.settings import read_setting
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.operations.print_receipt import SETTING, how_printed, put_on_paper
from ui.translations import tr


def guidance_slip(
    desk: Desk, procedure: Procedure, case: ProcedureCase, missing: tuple[str, ...]
) -> GuidanceSlip:
    """The slip for this case today; `missing` are names of papers still to be brought."""
    office = desk.office
    now = local(desk.clock())
    counter = office.enrolled
    return GuidanceSlip(
        head=counter.paper_head,
        procedure_code=procedure.code,
        procedure_name=procedure.name,
        case_name=case.name,
        agency_name=office.agency(procedure.agency).name,
        papers=tuple(
            PaperLine(item.name, item.originals, item.certified, item.copies, item.form)
            for item in case.requirements
        ),
        missing=missing,
        processing_time=describe_time(case.time),
        fees=tuple(map(announced_line, fees_due(procedure, case, office.catalogue, now.date()).lines)),
        guidance=procedure.guidance,
        legal_basis=procedure.legal_basis,
        printed_at=now,
        clerk_name=counter.clerk(desk.clerk()).name,
    )


def print_guidance(
    desk: Desk, procedure: Procedure, case: ProcedureCase, missing: tuple[str, ...] = ()
) -> None:
    """Print the slip beside the window; the citizen goes home with it, nothing is stored."""
    slip = guidance_slip(desk, procedure, case, missing)

    def work() -> None:
        with desk.office.database.reading() as connection:
            size, copies = how_printed(read_setting(connection, SETTING, {}), "guidance")
        from app.printing.guidance import render_guidance  # heavy, and not before the first print

        put_on_paper(desk, f"huong-dan-{procedure.code}", render_guidance(slip, size=size), "guidance", copies)

    def printed(_: None) -> None:
        desk.frame.say(tr("Đã in phiếu hướng dẫn {code}", code=procedure.code))

    def failed(error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        said = sentence(error, desk.language())
        desk.frame.warn("bad", tr("Chưa in được phiếu hướng dẫn"), f"{said.what} {said.press} ({said.code})")

    desk.background.run(work, printed, failed)
