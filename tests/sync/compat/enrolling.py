"""A new book that is enrolled by an old gateway's recorded answer, with the key that was enrolled then."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import cast

from app.store.settings import write_setting
from sync.client import GatewayClient
from sync.contract import paths
from sync.enrol import PENDING_KEY, enrol_counter
from tests.office import SetClock
from tests.sync.client.trial import Counter, Place, Trial, fresh_office
from tests.sync.compat.golden_set import Exchange, Story
from tests.sync.compat.speaking import OldGateway


def enrolled_as(name: str, story: Story, gateway: OldGateway, folder: Path) -> Counter:
    """The machine `name` of the story. The caller closes its book."""
    machine = story.machines[name]
    office = fresh_office(folder, SetClock(datetime.fromisoformat(story.recorded_at)))
    with office.application.database.writing() as connection:
        write_setting(connection, PENDING_KEY, machine.key)
    (then,) = (each for each in story.of("enrol") if _code_of(each) == machine.code)
    gateway.turn_to([then, *(each for each in story.of("enrol") if each.method == "GET")])
    with GatewayClient(gateway.url) as client:
        enrol_counter(office.application.database, client, gateway.url, machine.code, device_name="PC thử",
                      clock=office.clock)
    said, now = (json.loads(body) for body in (then.asked.body, gateway.bodies(paths.ENROL)[0]))
    assert {key: now[key] for key in ("code", "public_key", "proof")} == {
        key: said[key] for key in ("code", "public_key", "proof")
    }
    office.application = office.application.reread()
    return Counter(Place(cast(Trial, None), story.office, int(story.office.rpartition("-")[2])), office)


def _code_of(exchange: Exchange) -> str:
    return str(json.loads(exchange.asked.body)["code"]) if exchange.path == paths.ENROL else ""
