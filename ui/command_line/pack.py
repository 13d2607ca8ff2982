"""`python -m app pack --day 2026-10-02 FILE`: a clerk's day to hand to anybody (hồ sơ minh bạch ca)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.services.days import today_at_counter
from app.services.pack import pack_day, write_pack
from ui.command_line.answer import Said
from ui.command_line.folder import opened
from ui.operations.pack import this_program


def pack(said: Said) -> Mapping[str, Any]:
    """A zip where FILE is called so, else a new folder. Made by "support" where no clerk is named."""
    with opened(said) as office:
        counter, now = office.enrolled, office.clock.now()
        made_by = counter.clerk(said.clerk).name if said.clerk else "support"
        with office.database.reading() as connection:
            day = said.day or today_at_counter(connection, now)
            files = pack_day(connection, counter, day, made_by=made_by, program=this_program(), now=now,
                             clerk=said.clerk)
        write_pack(files, said.file)
    return {
        "ok": True, "file": str(said.file), "day": day.isoformat(), "files": list(files),
        "public_key": counter.key.public_key().public_bytes_raw().hex(),
    }
