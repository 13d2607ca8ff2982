"""Papers that were picked up at home and wait for their official reception."""

from __future__ import annotations

from app.domain.intake import Intake
from app.domain.pickup import PickupState
from app.services.post.pickups import pickup_intake
from app.store.queries.pickups import PickupRow, open_pickups
from ui.operations.desk import Desk


def collected(desk: Desk) -> tuple[PickupRow, ...]:
    """Those with the post that are no dossier yet, the oldest call first."""
    with desk.office.database.reading() as connection:
        return tuple(row for row in open_pickups(connection) if row.state is PickupState.COLLECTED)


def begin_from(desk: Desk, pickup: str, intent: str) -> Intake:
    """The form that these papers begin. Raises what `pickup_intake` raises."""
    with desk.office.database.reading() as connection:
        return pickup_intake(connection, desk.office.catalogue, pickup, intent=intent, now=desk.clock())
