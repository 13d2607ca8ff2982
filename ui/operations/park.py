"""Forms that are not dossiers yet: keep while typing, set aside, take back, throw away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.services.drafts import Draft, discard_draft, drafts_for, resume_draft, save_draft
from ui.changes import Change
from ui.operations.desk import Desk


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What of a form is kept: its intent, the words of the strip, its JSON, and whether it is set aside."""

    intent: str
    label: str
    form: Mapping[str, Any]
    is_parked: bool = False


def keep(desk: Desk, kept: KeptForm) -> None:
    """Keep the form as it stands. From any thread; tells nobody."""
    with desk.office.database.writing() as connection:
        save_draft(
            connection, intent=kept.intent, label=kept.label, clerk=desk.clerk(), form=kept.form,
            now=desk.clock(), is_parked=kept.is_parked,
        )


def discard(desk: Desk, intent: str) -> None:
    """Throw the form away. From any thread; whoever offers undo has the form and keeps it again."""
    with desk.office.database.writing() as connection:
        discard_draft(connection, intent)


def resume(desk: Desk, intent: str) -> Draft | None:
    """Take a form back to the desk; None when it became a dossier or was thrown away elsewhere."""
    with desk.office.database.writing() as connection:
        draft = resume_draft(connection, intent)
    desk.changes.publish(Change(has_drafts=True))
    return draft


def drafts(desk: Desk) -> tuple[Draft, ...]:
    """The unfinished forms that are this clerk's to take up, oldest first."""
    with desk.office.database.reading() as connection:
        return drafts_for(connection, desk.office.enrolled, desk.clerk(), desk.clock())
