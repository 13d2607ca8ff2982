"""`python -m app bundle …`: what waits onto a stick, and the province's answer from it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.errors import EnvironmentFault
from app.services.bundles import bundle_state
from sync.bundle.make import make_bundle
from sync.bundle.take import take_acknowledgement
from sync.contract.limits import MB
from ui.command_line.answer import Said
from ui.command_line.folder import opened


def bundle(said: Said) -> Mapping[str, Any]:
    """`make PLACE`, `take PLACE` (a folder or the answer itself), or how things stand."""
    with opened(said) as office:
        if said.action == "make":
            made = make_bundle(
                office.database, office.blobs, office.clock, office.randomness, _place(said),
                file_bytes=said.scans * MB,
            )
            return {
                "ok": True, "file": str(made.file), "number": made.number, "operations": made.operations,
                "files": made.files, "files_left": made.files_left, "size": made.size,
            }
        if said.action == "take":
            taken = take_acknowledgement(office.database, office.clock, office.randomness, _place(said))
            left = [{"epoch": each.epoch, "seq": each.seq, "outcome": each.outcome, "reason": each.reason}
                    for each in taken.left]
            good = {} if taken.report.is_good else {"reason": taken.report.problem}
            return {"ok": taken.report.is_good, **good, "number": taken.number, "left": left,
                    "files_left": taken.files_left, "more": taken.more, "report": taken.report.to_json()}
        counter = office.enrolled
        with office.database.reading() as connection:
            state = bundle_state(connection, counter)
        return {
            "ok": True, "waiting": state.box.unsent, "files_waiting": state.box.files_waiting,
            "has_province_key": state.has_province_key,
            "bundles": [
                {"number": line.number, "made_at": line.made_at.isoformat(), "operations": line.operations,
                 "files": len(line.files), "is_open": line.is_open,
                 "acknowledged_at": line.acknowledged_at.isoformat() if line.acknowledged_at else None}
                for line in state.lines
            ],
        }


def _place(said: Said) -> Path:
    if said.place is None:
        raise EnvironmentFault("bundle_place_missing")
    place: Path = said.place.absolute()
    return place
