"""What reports tell beside the dossiers: hand-overs, items of the post, what citizens said, a clerk's own day.

Each is one selection of things (`entries`), which both its figures and its lists read.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    case,
    cast,
    func,
    literal_column,
    select,
    true,
)

from app.domain.manifest import LineState
from app.domain.reports.periods import Period
from app.store.queries.reports.entries import moments
from app.store.tables import (
    assisted_filings,
    dossiers,
    journal,
    life_events,
    manifest_lines,
    manifests,
    postings,
)
from app.store.tables.metadata import UtcDateTime

_NEVER_GIVEN = (LineState.UNDONE, LineState.CONFLICT)
"""Lines that were taken off the list again, or that another counter had moved before."""
# As the partial index says it: a bound value would hide it from SQLite.
_IS_RETURN: ColumnElement[bool] = literal_column("life_events.kind = 'result.returned'")


def manifests_made(period: Period) -> Select[Any]:
    """Manifests of the period that were not undone, by agency."""
    begin, end = moments(period)
    at = manifests.c
    return select(
        at.agency.label("part"), at.agency_name.label("part_name"), at.made_at.label("rank"),
        at.id.label("nth"), at.made_at.label("at"), _nothing("code"), at.number.label("number"),
        at.agency_name.label("name"), _nothing("words"), at.clerk_name.label("clerk_name"),
    ).where(at.made_at >= begin, at.made_at < end, ~at.is_undone)


def handed_over(period: Period) -> Select[Any]:
    """The dossiers on those manifests; `words` is what the receiving side said of each (`LineState`)."""
    begin, end = moments(period)
    at, line = manifests.c, manifest_lines.c
    return (
        select(
            at.agency.label("part"), at.agency_name.label("part_name"),
            at.made_at.label("rank"), (at.id + ":" + func.printf("%06d", line.ordinal)).label("nth"),
            at.made_at.label("at"),
            line.code.label("code"), at.number.label("number"), at.agency_name.label("name"),
            line.verdict.label("words"), at.clerk_name.label("clerk_name"),
        )
        .join_from(manifests, manifest_lines, line.manifest == at.id)
        .where(at.made_at >= begin, at.made_at < end, ~at.is_undone, line.verdict.not_in(_NEVER_GIVEN))
    )


def posted(period: Period) -> Select[Any]:
    """Items posted in the period, by the counter's day; `words` is their `Standing`."""
    begin, end = moments(period)
    at = postings.c
    day = func.strftime("%Y-%m-%d", at.posted_at, literal_column("'+7 hours'"))
    return select(
        day.label("part"), day.label("part_name"), at.posted_at.label("rank"), at.op_id.label("nth"),
        at.posted_at.label("at"),
        at.code.label("code"), at.item_code.label("number"), at.receiver.label("name"),
        at.standing.label("words"), _nothing("clerk_name"),
    ).where(at.posted_at >= begin, at.posted_at < end)


def returned(period: Period) -> Select[Any]:
    """Results handed out in the period, by the clerk; `words` is how satisfied the citizen was, 0 not asked."""
    begin, end = moments(period)
    at = life_events.c
    level = func.coalesce(func.json_extract(at.facts, literal_column("'$.satisfaction'")), 0)
    return (
        select(
            at.name.label("part"), at.name.label("part_name"),
            at.at.label("rank"), (at.id + ":" + cast(at.dossier, String)).label("nth"), at.at.label("at"),
            dossiers.c.code.label("code"), _nothing("number"), dossiers.c.applicant_name.label("name"),
            cast(level, String).label("words"), at.name.label("clerk_name"),
        )
        .join_from(life_events, dossiers, at.dossier == dossiers.c.id)
        .where(_IS_RETURN, at.at >= begin, at.at < end)
    )


def acts_of(clerk_name: str, period: Period) -> Select[Any]:
    """What this clerk did on this counter, by type of operation: a list of thirty dossiers is thirty things."""
    payload, days = journal.c.payload, (period.first.isoformat(), period.last.isoformat())
    lines = case(
        (_said(payload, "lines[0].code").is_not(None), _said(payload, "lines")), else_=literal_column("'[0]'")
    )
    line = func.json_each(lines).table_valued("key", "value", "type", name="line")
    code = func.coalesce(
        case((line.c.type == "object", func.json_extract(line.c.value, literal_column("'$.code'")))),
        journal.c.number, _said(payload, "code"), _said(payload, "collection.code"), "",
    )
    wall = func.json_extract(payload, literal_column("'$.wall_time'"), type_=UtcDateTime())
    return (
        select(
            journal.c.type.label("part"), journal.c.type.label("part_name"),
            journal.c.position.label("rank"), line.c.key.label("nth"), wall.label("at"),
            code.label("code"), func.coalesce(_said(payload, "about.number"), "").label("number"),
            _nothing("name"), journal.c.type.label("words"), _said(payload, "clerk_name").label("clerk_name"),
        )
        .select_from(journal.join(line, true()))
        .where(
            journal.c.position.between(*_ends(days)),
            literal_column("+journal.business_date", String).between(*days),
            _said(payload, "clerk_name") == clerk_name,
        )
    )


def assisted(period: Period) -> Select[Any]:
    """Citizens who filed online themselves with our help, by procedure: it becomes no dossier of ours."""
    begin, end = moments(period)
    at = assisted_filings.c
    return select(
        at.procedure_code.label("part"), at.procedure_name.label("part_name"), at.at.label("rank"),
        at.national_key.label("nth"), at.at.label("at"), _nothing("code"), at.national_code.label("number"),
        at.name.label("name"), _nothing("words"), at.clerk_name.label("clerk_name"),
    ).where(at.at >= begin, at.at < end)


def _said(payload: Column[str], path: str) -> ColumnElement[Any]:
    """What an operation's body says there, null where nothing."""
    return func.json_extract(payload, literal_column(f"'$.body.{path}'"))


def _ends(days: tuple[str, str]) -> tuple[ScalarSelect[int], ScalarSelect[int]]:
    """Between which lines of the journal these days lie: read in its own order, a page stops where it is full."""
    of = journal.alias("of_days")
    first, last = (select(each(of.c.position)).where(of.c.business_date.between(*days)).scalar_subquery()
                   for each in (func.min, func.max))
    return first, last


def _nothing(name: str) -> ColumnElement[str]:
    return literal_column("''", String).label(name)
