"""Commands that work on the book of a data folder."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from functools import partial
from typing import Any

from app import verifier
from app.bootstrap import Application
from app.clock import SystemClock
from app.domain.catalogue_codec import dump_catalogue
from app.domain.catalogue_import import import_procedures
from app.domain.people.roles import Act
from app.domain.vietnam_time import local
from app.errors import Refusal
from app.services import courier, numbers, receipts
from app.services.book_check import check_and_note
from app.services.byte_window import allowance, read_window
from app.services.days import today_at_counter
from app.services.drafts import list_drafts
from app.services.life.telling import tell_dossier
from app.services.packages import packages
from app.services.rebuild import rebuild
from app.services.standing import may_enrol_again
from app.store import journal
from app.store.queries.dossiers import DossierList, count, reach
from app.whole_file import whole_file
from ui.command_line.acting import acting_clerk
from ui.command_line.answer import Said, text_of
from ui.command_line.byte_window import set_byte_window, told
from ui.command_line.folder import opened


def sync(said: Said) -> Mapping[str, Any]:
    """One contact and its report. `--byte-window` only sets when scans may travel; `--serve` is the window's own
    child process and never returns an answer."""
    if "byte_window" in said:
        return set_byte_window(said)
    from sync.engine import run_once  # requests is only paid for where a line is spoken to
    from ui.demo_office import line_to_demo_gateway

    with opened(said) as office:
        if said.serve:
            from sync.window_line import say
            from sync.worker import serve

            tell = partial(say, sys.stdout)
            contact = partial(run_once, office.database, office.clock, blobs=office.blobs, tell=tell,
                              book_key=office.book_key)
            serve(lambda pause: contact(pause=pause), sys.stdin, sys.stdout)
            return {"ok": True}
        with line_to_demo_gateway(office):
            report = run_once(office.database, office.clock, blobs=office.blobs, book_key=office.book_key)
    return {"ok": report.is_good, **({} if report.is_good else {"reason": report.problem}), **report.to_json()}


def status(said: Said) -> Mapping[str, Any]:
    with opened(said) as office:
        if office.counter is None:
            return {"ok": True, "enrolled": False, "data": str(office.folder.root), "key": office.key_place}
        now = office.clock.now()
        with office.database.reading() as connection:
            counter = office.counter
            today = today_at_counter(connection, now)
            known = reach(connection, counter.device, counter.epoch, today.isoformat())
            box = courier.outbox(connection, counter)
            oldest = box.oldest_unsent_at
            return {
                "ok": True,
                "enrolled": True,
                "data": str(office.folder.root),
                "key": office.key_place,
                "office": counter.office_name,
                "counter": counter.name,
                "device": counter.device,
                "epoch": counter.epoch,
                "business_date": today.isoformat(),
                "dossiers": {str(each): count(connection, each, known) for each in DossierList},
                "drafts": len(list_drafts(connection)),
                "open_prints": len(receipts.open_prints(connection)),
                "pending": box.unsent,
                "pending_dossiers": box.unsent_dossiers,
                "oldest_unsent": oldest.isoformat() if oldest else None,
                "oldest_unsent_seconds": int((now - oldest).total_seconds()) if oldest else None,
                "last_contact": box.last_contact_at.isoformat() if box.last_contact_at else None,
                "problem": box.last_problem,
                "needs_person": box.needs_person,
                "byte_window": told(read_window(connection), allowance(connection, now)),
                "leases": [
                    {"agency": each.agency, "left_today": each.left_today, "of": each.size_today,
                     "covered_to": each.covered_to.isoformat()}
                    for each in numbers.leases_left(connection, counter, today)
                ],
                "packages": [
                    {"kind": each.kind, "version": each.version, "active": each.is_active}
                    for each in packages(connection)
                ],
                "catalogue": {"version": office.catalogue.version, "procedures": len(office.catalogue.procedures)},
            }


def dossier(said: Said) -> Mapping[str, Any]:
    with opened(said) as office, office.database.reading() as connection:
        return tell_dossier(connection, office.rules, text_of(said.text).strip(), office.clock.now())


def check(said: Said) -> Mapping[str, Any]:
    """Read the book through; what was found is kept for the window. Nothing is mended and nothing removed."""
    with opened(said) as office:
        if office.enrolled.has_sign_in:
            acting_clerk(office, "", Act.VERIFY)
        found = check_and_note(office.database, office.enrolled, office.clock.now())
    return {
        "ok": found.is_whole, **({} if found.is_whole else {"reason": "book_damaged"}), "at": found.at.isoformat(),
        "operations": found.operations, "pages": list(found.pages),
        "lines": [{"epoch": epoch, "seq": seq} for epoch, seq in found.lines],
        "versions_lacking": found.versions_lacking, "tables": list(found.tables),
    }


def verify(said: Said) -> Mapping[str, Any]:
    """Check an export, a pack, or the book of `--data`, with the stand-alone verifiers; nothing of this program's
    store is used but to find the keys."""
    if said.file is None:
        from ui.command_line.verify_book import verify_book_of

        return verify_book_of(said)
    try:
        if verifier.is_pack(said.file):
            return verifier.verify_pack_file(said.file, said.key).to_json()
        return verifier.verify_file(said.file).to_json()
    except (OSError, UnicodeDecodeError, verifier.NotAJournalError) as error:
        raise Refusal("not_a_journal", file=said.file.name) from error


def export_journal(said: Said) -> Mapping[str, Any]:
    with opened(said) as office:
        counter = office.enrolled
        public = counter.key.public_key().public_bytes_raw()
        lines = -1                         # the head line is no operation
        try:
            with office.database.reading() as connection, whole_file(said.file) as handle:
                for line in journal.export_lines(connection, counter.device, public, office.clock.now()):
                    handle.write(f"{line}\n".encode())
                    lines += 1
        except OSError as error:
            raise Refusal("file_unwritable", file=said.file.name) from error
    return {"ok": True, "file": str(said.file), "operations": lines}


def enrol(said: Said) -> Mapping[str, Any]:
    from sync.client import GatewayClient
    from sync.enrol import enrol_counter
    from sync.pinning import pin_ca

    if said.file is not None:
        return _enrol_by_file(said)
    with opened(said) as office, GatewayClient(said.url) as client:
        _require_enrollable(office)
        if said.ca is not None:
            pin_ca(office.database, said.ca)
        counter = enrol_counter(
            office.database, client, said.url, said.code, device_name=said.name or "counter", clock=office.clock
        )
    return {"ok": True, "device": counter.device, "office": counter.office_name, "counter": counter.name}


def _enrol_by_file(said: Said) -> Mapping[str, Any]:
    from ui.operations.enrol import enrol_with_text, read_text

    with opened(said) as office:
        _require_enrollable(office)
        enrol_with_text(office, read_text(said.file))
        counter = office.reread().enrolled
    return {"ok": True, "device": counter.device, "office": counter.office_name, "counter": counter.name}


def _require_enrollable(office: Application) -> None:
    """Raises `already_enrolled`, but where the province let this counter join anew."""
    if office.counter is None:
        return
    with office.database.reading() as connection:
        if not may_enrol_again(connection):
            raise Refusal("already_enrolled")


def import_catalogue(said: Said) -> Mapping[str, Any]:
    """Turn a list of procedures (JSON) into a package file; the report says what could not be used and why."""
    try:
        rows = json.loads(said.file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refusal("file_unreadable", file=said.file.name) from error
    if not isinstance(rows, list):
        raise Refusal("catalogue_wrong_shape", where=said.file.name, expected="list")
    published = local(SystemClock().now()).date()
    catalogue, report = import_procedures(rows, version=said.version, published=published)
    target = said.file.with_suffix(".package.json")
    try:
        target.write_text(dump_catalogue(catalogue), encoding="utf-8")
        if said.report:
            said.report.write_text(report.as_csv(), encoding="utf-8")
    except OSError as error:
        raise Refusal("file_unwritable", file=target.name) from error
    return {"ok": True, "package": str(target), "report": {
        "rows": report.rows, "used": report.used, "skipped": report.skipped, "faultless": report.faultless,
        "problems": {str(problem): amount for problem, amount in report.counts().items()},
    }}


def rebuild_tables(said: Said) -> Mapping[str, Any]:
    """Forget the tables and work them out again from the journal and the feed, in one transaction."""
    with opened(said) as office, office.database.writing() as connection:
        return {"ok": True, "replayed": rebuild(connection)}
