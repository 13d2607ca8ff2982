"""Who ends a lock, and who stands by: a shift lead with her own secret."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from app.domain.people.roles import Act
from tests.app.services.people.signing import LEADS, SECRET, begun, noted, refusal, sign_ins, wrong


def test_ten_lock_until_a_shift_lead_says_try_again(tmp_path: Path) -> None:
    with begun(tmp_path) as (office, known):
        counter = office.application.enrolled
        wrong(office, known, 10)
        for each in (known, sign_ins(office)):
            office.clock.advance(timedelta(days=3))
            assert refusal(lambda each=each: each.sign_in(counter, "nv-1", SECRET))[0] == "sign_in_locked"
        assert noted(office)[-1] == ("locked", "nv-1", "system")
        assert [(each.is_locked, each.may_unlock) for each in known.states(counter)] == [
            (True, False), (False, True)]
        assert refusal(lambda: known.unlock(counter, "nv-2", "không phải", "nv-1"))[0] == "secret_wrong"
        known.unlock(counter, "nv-2", LEADS, "nv-1")
        known.sign_in(counter, "nv-1", SECRET)
        assert ("unlocked", "nv-1", "nv-2") in noted(office)


def test_who_is_no_shift_lead_unlocks_nobody_and_spends_no_try(tmp_path: Path) -> None:
    with begun(tmp_path) as (office, known):
        counter = office.application.enrolled
        assert refusal(lambda: known.unlock(counter, "nv-1", SECRET, "nv-2"))[0] == "act_not_allowed"
        assert refusal(lambda: known.confirm(counter, "nv-1", SECRET, Act.APPROVE_MONEY))[0] == "act_not_allowed"
        known.confirm(counter, "nv-2", LEADS, Act.APPROVE_MONEY)
        assert refusal(lambda: known.confirm(counter, "nv-2", SECRET, Act.APPROVE_MONEY)) == (
            "secret_wrong", {"left": 9})
