"""The tables of the book, as SQLAlchemy Core sees them; the DDL itself stands in `migrations/`.

Four groups: the **journal** (append-only truth), its **projection** (rebuilt from the journal and the feed:
dossiers, their lives, papers, errands), the **counter's own things** (settings, leases, drafts, print jobs,
scanned pages, files, procedures used) and what **sync** must remember.
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
    rollup_late,
    rollup_received,
)
from app.store.tables.errands import (
    assisted_filings,
    dossier_groups,
    item_codes,
    item_ranges,
    obstacles,
    pickups,
    post_lists,
    postings,
    procedure_uses,
    refusals,
    shifts,
)
from app.store.tables.journal import feed_entries, journal
from app.store.tables.life import (
    life_events,
    manifest_lines,
    manifests,
    originals,
    paper_prints,
    result_lists,
    rollup_work,
    worklist,
)
from app.store.tables.metadata import UtcDateTime, metadata
from app.store.tables.sync import confirmations, notices, parked_operations, sync_state, verdicts

__all__ = [
    "Sha256",
    "UtcDateTime",
    "aliases",
    "assisted_filings",
    "catalogue_packages",
    "confirmations",
    "dossier_groups",
    "dossier_scans",
    "dossier_versions",
    "dossiers",
    "drafts",
    "feed_entries",
    "files",
    "item_codes",
    "item_ranges",
    "journal",
    "leases",
    "life_events",
    "manifest_lines",
    "manifests",
    "metadata",
    "notices",
    "number_counters",
    "number_fates",
    "obstacles",
    "originals",
    "paper_documents",
    "paper_prints",
    "paper_states",
    "parked_operations",
    "pickups",
    "post_lists",
    "postings",
    "print_jobs",
    "procedure_uses",
    "refusals",
    "result_lists",
    "rollup_due",
    "rollup_late",
    "rollup_received",
    "rollup_scans",
    "rollup_work",
    "scan_batches",
    "scan_notes",
    "scan_trays",
    "scanned_pages",
    "settings",
    "shifts",
    "sync_state",
    "verdicts",
    "worklist",
]
