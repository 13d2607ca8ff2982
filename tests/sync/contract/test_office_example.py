"""The example of an office file is one that a gateway takes, for agencies that the catalogue knows."""

from __future__ import annotations

import json
from pathlib import Path

import resources
from sync.contract.office_file import read_office

ROOM = Path(resources.__file__).parent


def test_the_example_can_be_used_as_it_stands() -> None:
    example = json.loads((ROOM / "demo" / "office-file.json").read_text(encoding="utf-8"))
    catalogue = json.loads((ROOM / "catalogue" / "starter.json").read_text(encoding="utf-8"))
    known = {each["id"]: each["identifiers"] for each in catalogue["agencies"]}
    office, _ = read_office(example)
    assert office.agencies and all(each.code in known[each.id] for each in office.agencies)
