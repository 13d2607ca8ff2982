"""One word for one thing: each term stands once, and what the code is made of is explained."""

import ast
import csv
import unicodedata
from pathlib import Path

import pytest

import app
import resources

FILE = Path(resources.__file__).parent / "glossary.csv"
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
TERMS = {row["term_en"] for row in ROWS}

GROUPS = {
    "the dossier": "dossier, procedure, case, field, agency, applicant, submitter, delegate, requirement, paper, "
                   "intake, draft, parked, hindrance, duplicate, read-back, version, state, register, result",
    "its papers": "receipt, guidance slip, cover label, print job, copy mark, form set, dossier code, "
                  "lookup secret",
    "digitising": "digitise, scanned page, tray, pile, batch, separator sheet, end sheet, stack, arrangement, "
                  "left out, paper note, light table, treatment, size budget, finding, document, blob, "
                  "scanner, document camera, watched folder, reuse, completeness, quality check, scan check, "
                  "orphan, ballast",
    "time and money": "due date, derivation, working day, calendar, deadline policy, business date, fee, charge",
    "the office": "office, counter, clerk, shift, enrolment, alarm, catalogue, package, doubt, setting",
    "people": "role, act, grant, personal code, secret, sign-in, lock screen, lock-out, seat",
    "the book": "journal, operation, intent, projection, lease, number fate, second copy, key store, reveal",
    "the province": "feed, cursor, epoch, incarnation, custody, confirmation, verdict, notice, alias, outbox, "
                    "fork, gateway, courier, device, chunk, set-aside file",
    "its life": "life, event, conflict, work list, paper custody, kept original, delivery, pause, resume, "
                "remaining time, leg, second stage, gap, withdrawal, agency paper, obstacle, reason, refusal, "
                "supplement request, extension, stop notice, control sheet",
    "on its way": "handover, manifest, acknowledgement, sent back, discrepancy slip, digest, message text, "
                  "paper number",
    "results": "return, shelf, result list, collector, result receipt, two scans, recall, shelf label, "
               "original label",
    "the post": "item code, item range, posting, post label, post list, pick-up",
    "money": "collection, money receipt, collection slip, receipt range, cash session, drawer, float, safe, "
             "cash difference, movement, void, refund, second person, stream, transfer, bank statement, "
             "remittance",
    "what leaves": "retention, purge, unlisted, held about",
    "living with it": "row seal, enrolment file, recovery key, frozen disk, practice room, guide, known problem, "
                      "self-test, support code, support bundle",
    "groups and online": "group, group annex, national code, assisted filing, shift minutes, procedure use, "
                         "paper print",
}

TABLES = {
    "dossiers": "dossier", "dossier_versions": "version", "aliases": "alias", "number_fates": "number fate",
    "rollup_due": "rollup", "rollup_late": "rollup", "rollup_received": "rollup",
    "rollup_reports": "rollup", "journal": "journal",
    "feed_entries": "feed",
    "confirmations": "confirmation", "sync_state": "cursor", "verdicts": "verdict",
    "forks": "fork", "held_operations": "operation", "held_heads": "operation",
    "reconciled_days": "reconciliation", "day_differences": "reconciliation", "courier_bundles": "bundle",
    "parked_operations": "set-aside operation", "notices": "notice", "settings": "setting", "leases": "lease",
    "number_counters": "lease", "drafts": "draft", "print_jobs": "print job", "catalogue_packages": "package",
    "files": "blob", "scanned_pages": "scanned page", "scan_trays": "tray", "scan_batches": "batch",
    "scan_notes": "paper note",
    "paper_states": "quality check", "paper_documents": "document", "dossier_scans": "completeness",
    "rollup_scans": "rollup", "rollup_work": "rollup",
    "life_events": "event", "worklist": "work list", "originals": "kept original", "manifests": "manifest",
    "manifest_lines": "manifest", "result_lists": "result list", "paper_prints": "paper print",
    "item_ranges": "item range", "item_codes": "item code", "postings": "posting", "post_lists": "post list",
    "pickups": "pick-up", "dossier_groups": "group", "refusals": "refusal", "assisted_filings": "assisted filing",
    "obstacles": "obstacle", "procedure_uses": "procedure use", "shifts": "shift",
    "online_claims": "national code",
    "cash_sessions": "cash session", "money_entries": "collection", "money_lines": "collection",
    "rollup_ledger": "rollup", "receipt_ranges": "receipt range", "money_receipts": "money receipt",
    "book_seal": "row seal",
    "transfers": "transfer", "statement_lines": "bank statement", "remittances": "remittance",
}
"""Which term a table of the book holds."""


def test_each_term_stands_once_with_its_official_word_meaning_and_source() -> None:
    assert list(ROWS[0]) == ["term_en", "term_vi", "meaning", "source"]
    assert all(value and value == value.strip() for row in ROWS for value in row.values())
    assert unicodedata.is_normalized("NFC", FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("column", ["term_en", "term_vi"])
def test_no_two_terms_share_a_word(column: str) -> None:
    words = [word.strip().casefold() for row in ROWS for word in row[column].split(";")]
    assert sorted(word for word in set(words) if words.count(word) > 1) == []


@pytest.mark.parametrize("group", GROUPS)
def test_the_terms_of_the_code_are_all_explained(group: str) -> None:
    assert {term.strip() for term in GROUPS[group].split(",")} - TERMS == set()


def test_every_table_of_the_book_has_its_term() -> None:
    assert tables_of_the_book() == set(TABLES)
    assert set(TABLES.values()) - TERMS == set()


def tables_of_the_book() -> set[str]:
    found = set()
    for file in (Path(app.__file__).parent / "store" / "tables").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Table":
                name = node.args[0]
                assert isinstance(name, ast.Constant)
                found.add(str(name.value))
    return found
