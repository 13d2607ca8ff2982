"""The date read to the citizen before the save is the one on the receipt, also on a clock that is wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.services.courier import note_contact
from tests.office import office_in, sample_intake
from tests.ui.intake.test_form import chosen
from ui.pages.intake.promise import promise_for


@pytest.mark.parametrize("error", [timedelta(0), timedelta(hours=30), timedelta(hours=-30)], ids=str)
def test_the_date_shown_is_the_date_printed(tmp_path: Path, error: timedelta) -> None:
    with office_in(tmp_path) as office:
        with office.application.database.writing() as connection:
            note_contact(connection, office.clock.now() + error, round(-error.total_seconds() * 1000))
        office.clock.at += error
        shown = promise_for(office.application, chosen(), None, ("", ""), office.clock.now())
        assert shown.due is not None
        assert shown.due.at == office.receive(sample_intake("a")).dossier.due.at
