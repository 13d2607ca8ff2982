"""An act is checked, journalled and applied at once, for one dossier or many, and once for one intent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.dossier import State
from app.domain.life.facts import Facts, HandedOver, Withdrawn
from app.domain.life.states import Custody, Holder
from app.errors import Refusal
from app.services.correct import correct_dossier
from app.services.days import today_at_counter
from app.services.life.acting import Acted, Line, act
from app.services.life.reading import held_originals, read_life
from app.services.rebuild import rebuild
from app.store.queries.dossiers import DossierList, count, page, reach
from tests.app.store.older_books import columns_of, rows_of
from tests.office import Office, sample_intake, with_kept_original

WITHDRAWN = Withdrawn("đổi ý", "Nguyễn Thị Mẫu Ánh")


def do(office: Office, facts: Facts, *codes: str, intent: str) -> Acted:
    with office.application.database.writing() as connection:
        return act(
            connection, office.application.enrolled, office.clerk, [Line(code, facts) for code in codes],
            intent=intent, now=office.clock.now(), randomness=office.noise.randbytes,
        )


def listed(office: Office, what: DossierList) -> list[str]:
    with office.application.database.reading() as connection:
        today = today_at_counter(connection, office.clock.now()).isoformat()
        known = reach(connection, office.application.enrolled.device, 1, today)
        rows = page(connection, what, known)
        assert count(connection, what, known) == len(rows)
        return [row.code for row in rows]


def test_an_act_moves_the_dossier_from_list_to_list(office: Office) -> None:
    one, two = (office.receive(sample_intake(name)).dossier.code for name in ("a", "b"))
    assert listed(office, DossierList.TO_HAND_OVER) == [two, one]
    acted = do(office, HandedOver("m1"), one, two, intent="giao")
    assert acted.is_new and acted.codes == (one, two)
    assert listed(office, DossierList.TO_HAND_OVER) == []
    assert listed(office, DossierList.UNACKNOWLEDGED) == [two, one]
    again = do(office, HandedOver("m1"), one, two, intent="giao")
    assert not again.is_new and again.op_id == acted.op_id
    with pytest.raises(Refusal, match="intent_reused"):
        do(office, WITHDRAWN, one, intent="giao")


def test_one_line_that_cannot_be_keeps_all_lines_from_happening(office: Office) -> None:
    one, two = (office.receive(sample_intake(name)).dossier.code for name in ("a", "b"))
    do(office, WITHDRAWN, two, intent="rút")
    with pytest.raises(Refusal) as refused:
        do(office, HandedOver("m1"), one, two, intent="giao")
    assert (refused.value.code, refused.value.values["code"]) == ("handover_not_now", two)
    with pytest.raises(Refusal, match="dossier_twice"):
        do(office, HandedOver("m1"), one, one.lower(), intent="giao đôi")
    with pytest.raises(Refusal, match="nothing_to_do"):
        do(office, HandedOver("m1"), intent="giao không")
    assert listed(office, DossierList.TO_HAND_OVER) == [one]


def test_who_holds_an_original_is_known_until_the_citizen_has_it(office: Office) -> None:
    code = office.receive(with_kept_original(sample_intake("a"))).dossier.code
    with office.application.database.reading() as connection:
        (held,) = held_originals(connection, code)
    assert (held.id, held.holder, held.code) == ("1#1", Holder.COUNTER, code)
    do(office, HandedOver("m1", ("1#1",)), code, intent="giao")
    with office.application.database.reading() as connection:
        (held,) = held_originals(connection)
        life = read_life(connection, code).life
    assert held.holder is Holder.ON_THE_WAY
    assert (life.business, life.custody) == (State.RECEIVED, Custody.ON_THE_WAY)


def test_a_rebuild_gives_the_same_lives(office: Office) -> None:
    codes = [office.receive(with_kept_original(sample_intake(f"i{turn}"))).dossier.code for turn in range(3)]
    do(office, HandedOver("m1", ("1#1",)), codes[0], intent="giao")
    do(office, WITHDRAWN, codes[1], intent="rút")
    with office.application.database.writing() as connection:
        columns = columns_of(connection)
        before = rows_of(connection, columns)
        rebuild(connection)
        assert rows_of(connection, columns) == before


def test_an_original_that_a_correction_takes_off_the_list_is_no_longer_held(office: Office) -> None:
    code = office.receive(with_kept_original(sample_intake("a"))).dossier.code
    application = office.application
    with application.database.writing() as connection:
        intake = read_life(connection, code).body.intake
        given_back = replace(intake, papers=tuple(replace(paper, keeps_original=False) for paper in intake.papers))
        correct_dossier(
            connection, application.enrolled, office.clerk, application.rules, code, given_back, "trả lại ngay",
            base_version=1, intent="sửa", now=office.clock.now(), randomness=office.noise.randbytes,
        )
        assert held_originals(connection) == ()
