"""Four counters of one agency work through midnight without a line; then the province has everything once.

Acceptance 4: 500 dossiers each, 2,000 distinct codes, all at the province exactly once.
"""

from __future__ import annotations

from collections import Counter as Amounts
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.dossier_code import parse_code
from app.domain.vietnam_time import VIETNAM, local
from app.store.tables import dossiers
from tests.postgres import PostgresServer, postgres
from tests.sync.client.trial import Counter, Trial, trial_province

__all__ = ["postgres"]

COUNTERS = 4
DOSSIERS = 500


@pytest.fixture
def trial(postgres: PostgresServer, tmp_path: Path) -> Iterator[Trial]:
    url = postgres.create_prepared_database()
    with trial_province(tmp_path / "gateway", url) as found:
        yield found
    postgres.drop_database(url)


# 2,000 receptions on four real books, too many for each change; the quick suite meets the same rules with a few
# (tests/sync/client) and by the simulator.
@pytest.mark.slow
def test_four_counters_offline_across_midnight_reach_the_province_once(trial: Trial, tmp_path: Path) -> None:
    place = trial.place(counters=COUNTERS, slots=20)
    with ExitStack() as closing:
        counters: list[Counter] = []
        for number in range(1, COUNTERS + 1):
            counters.append(place.enrol(tmp_path / f"counter-{number}", f"Quầy {number}"))
            closing.callback(counters[-1].close)
        evening = datetime.combine(local(datetime.now(UTC)).date(), time(23), VIETNAM)
        for counter in counters:
            counter.office.clock.at = evening.astimezone(UTC)
        trial.process.stop()                           # the line goes down
        codes = {number: work_through_midnight(counter) for number, counter in enumerate(counters)}
        said = counters[0].sync()
        assert (said.problem, said.waiting) == ("line_down", DOSSIERS)

        trial.process.start()                          # and comes back
        for counter in counters:
            assert counter.sync_until_quiet() == 1

        everything = [code for made in codes.values() for code in made]
        assert len(set(everything)) == len(everything) == COUNTERS * DOSSIERS
        days = Amounts(parse_code(code).day for code in everything)
        assert days == {evening.date(): 4 * 250, evening.date() + timedelta(days=1): 4 * 250}
        found = trial.report(place.office)
        assert found["codes"] == sorted(everything), "each of them, once"
        assert (found["unsettled"], found["branches"]) == ([], 0)

        for counter in counters:                       # each now sees what the others did
            counter.sync()
            said = counter.sync()
            assert (said.sent, said.already, said.entries, said.waiting) == (0, 0, 0, 0)
            with counter.office.application.database.reading() as connection:
                held = connection.execute(select(dossiers.c.code, dossiers.c.is_own)).all()
            assert sorted(row.code for row in held) == sorted(everything)
            assert sum(row.is_own for row in held) == DOSSIERS
        assert trial.report(place.office) | {"counters": []} == found | {"counters": []}


def work_through_midnight(counter: Counter) -> list[str]:
    """250 dossiers before midnight and 250 after it."""
    before = counter.receive(DOSSIERS // 2)
    counter.office.clock.advance(timedelta(hours=2))
    return before + counter.receive(DOSSIERS // 2)
