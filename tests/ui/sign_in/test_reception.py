"""Who receives and may take no money leaves the fee owed: the cashier finds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.intake import FeeTiming
from app.domain.operation import Type
from app.services.receive import Received
from app.services.till.dues import dues_of
from app.store import journal as book
from tests.office import MORNING, office_in, sample_intake
from tests.people import grant
from tests.ui.dossier.desk import make_desk
from ui.operations.receive import receive


@pytest.mark.parametrize(("roles", "owed"), [(["intake"], 200_000), (["intake", "cashier"], 0)])
def test_a_fee_that_is_not_hers_to_take_is_owed(tmp_path: Path, roles: Sequence[str], owed: int) -> None:
    with office_in(tmp_path) as office:
        grant(office, {"nv-1": roles})
        desk, around = make_desk(office)
        stored: list[Received] = []
        intake = replace(sample_intake("một"), fee_timing=FeeTiming.BEFORE)
        receive(desk, intake, MORNING, stored.append, pytest.fail)
        (received,) = stored
        with office.application.database.reading() as connection:
            assert sum(line.amount for line in dues_of(connection, received.dossier.code)) == owed
            types = {each.header.type for _, each in book.operations(connection)}
        assert (Type.MONEY_COLLECTED in types) == (owed == 0)
        assert any("thu ngân thu" in words for _, words in around.frame.words) == (owed > 0)
