"""The operator tells a list of known problems, sees which one counts, and is told where a list is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.app.domain.test_known_problem import ENTRY
from tests.sync.gateway.operator.test_commands import commanded


def told(place: Path, *entries: dict[str, Any]) -> dict[str, Any]:
    file = place / "điều-đã-biết.json"
    file.write_text(json.dumps(list(entries), ensure_ascii=False), encoding="utf-8")
    return commanded(place / "data", "known-problems", str(file))


def test_the_newest_list_counts_and_a_wrong_one_changes_nothing(tmp_path: Path) -> None:
    assert commanded(tmp_path / "data", "known-problems")["known_problems"] == []
    told(tmp_path, ENTRY, {**ENTRY, "id": "hai"})
    answer = told(tmp_path, {**ENTRY, "id": "ba", "until": ""})
    line = {"id": "ba", "since": "0.3", "until": "", "title": ENTRY["vi"]["title"]}
    assert answer["ok"] and answer["known_problems"] == [line]
    wrong = told(tmp_path, ENTRY, {**ENTRY, "since": "mới"})
    assert not wrong["ok"] and wrong["reason"] == "file_malformed" and wrong["where"] == "[1].since"
    assert commanded(tmp_path / "data", "known-problems")["known_problems"] == [line]
    assert told(tmp_path)["known_problems"] == []
