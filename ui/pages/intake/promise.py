"""What the book says while the form is filled in: the number, the promised date, open dossiers of the person."""

from __future__ import annotations

from datetime import datetime

from app.bootstrap import Application
from app.domain.code_pattern import CodePattern
from app.domain.dossier import DossierBody
from app.errors import KnownError
from app.services.days import time_at_counter, today_at_counter
from app.services.life.reading import read_life
from app.services.life.true_time import true_reception
from app.services.numbers import is_served, peek_number
from app.services.promise import promised_date
from app.services.standing import numbers_stopped
from app.store.queries.dossiers import open_duplicates, reach
from ui.models.standing_words import stopped_short
from ui.pages.intake.filled import intake_of
from ui.pages.intake.form import IntakeForm
from ui.pages.intake.receipt_column import Promise
from ui.translations import tr


def next_code(office: Application, agency_id: str, now: datetime) -> tuple[str, str]:
    """The code that a reception at `now` would get and "", or "" and why there is none."""
    try:
        counter, agency = office.enrolled, office.agency(agency_id)
        with office.database.reading() as connection:
            day = today_at_counter(connection, now)
            stopped = numbers_stopped(connection)
            number = peek_number(connection, counter, agency_id, day)
            may_serve = number is not None or is_served(connection, agency_id)
        if stopped is not None:
            return "", stopped_short(stopped.reason) + " " + tr("Mở Đồng bộ (F7), bấm X để xem cách xử lý.")
        if not may_serve:
            return "", tr("Tỉnh chưa giao cho quầy này nhận hồ sơ của cơ quan này.")
        if number is None:
            return "", tr("Quầy chưa có số cho cơ quan này hôm nay. Nối mạng một lần để lấy số.")
        return CodePattern(counter.code_pattern).issue(agency.identifiers[0], day, number), ""
    except KnownError as error:
        return "", error.code


def promise_for(
    office: Application, form: IntakeForm, stored: DossierBody | None, code: tuple[str, str], now: datetime
) -> Promise:
    """Code and promised date as they would be printed; for a correction those of the stored dossier."""
    chosen = form.procedure
    if chosen is None:
        return Promise()
    if stored is not None and stored.intake.procedure is not None:
        is_same = chosen.timing == stored.intake.procedure.timing
        due = stored.due
        if not is_same:
            with office.database.reading() as connection:
                received = true_reception(connection, read_life(connection, stored.code))
            due = promised_date(chosen, received, office.rules)
        return Promise(stored.code, tr("bản {version} sẽ được in", version=stored.version + 1), due)
    with office.database.reading() as connection:
        counted_from = time_at_counter(connection, now)
    return Promise(code[0], code[1], promised_date(chosen, counted_from, office.rules), now)


def duplicate_codes(office: Application, form: IntakeForm, now: datetime) -> tuple[str, ...]:
    """Codes of open dossiers of the same person under the same procedure, the newest first."""
    applicant = intake_of(form).applicant
    if form.procedure is None or applicant is None or not applicant.identifier or office.counter is None:
        return ()
    with office.database.reading() as connection:
        today = today_at_counter(connection, now).isoformat()
        known = reach(connection, office.counter.device, office.counter.epoch, today)
        rows = open_duplicates(connection, applicant.identifier, form.procedure.code, known)
    own = form.correcting.code if form.correcting else ""
    return tuple(row.code for row in rows if row.code != own)
