"""The tables of the book, as SQLAlchemy Core sees them; the DDL itself stands in `migrations/`.

Four groups: the **journal** (append-only truth), its **projection** (rebuilt from the journal and the feed),
the **counter's own things** (settings, leases, drafts, print jobs, scanned pages, files) and what **sync** must
remember.
"""

from app.store.tables.counter import catalogue_packages, drafts, leases, number_counters, print_jobs, settings
from app.store.tables.digitising import (
    Sha256,
    dossier_scans,
    files,
    paper_documents,
    paper_states,
    rollup_scans,
    scan_batches,
    scan_notes,
    scan_trays,
    scanned_pages,
)
from app.store.tables.dossiers import (
    aliases,
    dossier_versions,
    dossiers,
    number_fates,
    rollup_due,
    rollup_received,
)
from app.store.tables.journal import feed_entries, journal
from app.store.tables.metadata import UtcDateTime, metadata
from app.store.tables.sync import confirmations, notices, parked_operations, sync_state, verdicts

__all__ = [
    "Sha256",
    "UtcDateTime",
    "aliases",
    "catalogue_packages",
    "confirmations",
    "dossier_scans",
    "dossier_versions",
    "dossiers",
    "drafts",
    "feed_entries",
    "files",
    "journal",
    "leases",
    "metadata",
    "notices",
    "number_counters",
    "number_fates",
    "paper_documents",
    "paper_states",
    "parked_operations",
    "print_jobs",
    "rollup_due",
    "rollup_received",
    "rollup_scans",
    "scan_batches",
    "scan_notes",
    "scan_trays",
    "scanned_pages",
    "settings",
    "sync_state",
    "verdicts",
]
