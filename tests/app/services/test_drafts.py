from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from app.services.drafts import discard_draft, list_drafts, resume_draft, save_draft
from tests.office import Office, office_in, reopen, sample_intake


def save(office: Office, intent: str, *, is_parked: bool = False, text: str = "") -> None:
    with office.application.database.writing() as connection:
        save_draft(
            connection, intent=intent, label=f"khách {intent}", clerk="nv-1", form={"tên": text},
            now=office.clock.now(), is_parked=is_parked,
        )


def test_ten_parked_forms_survive_a_restart_in_their_order(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        for turn in range(10):
            office.clock.advance(timedelta(seconds=1))
            save(office, f"f{turn}", is_parked=True, text=f"Nguyễn {turn}")
        save(office, "desk", text="đang gõ")
        office.application.close()
        again = reopen(tmp_path, office.province, office.clock)
        with again.application.database.reading() as connection:
            parked = list_drafts(connection, is_parked=True)
            desk = list_drafts(connection, is_parked=False)
        again.application.close()
    assert [draft.intent for draft in parked] == [f"f{turn}" for turn in range(10)]
    assert [draft.form["tên"] for draft in parked] == [f"Nguyễn {turn}" for turn in range(10)]
    assert [(draft.intent, draft.form["tên"]) for draft in desk] == [("desk", "đang gõ")]


def test_the_newest_save_wins_and_keeps_when_the_form_was_begun(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        begun = office.clock.now()
        for letters in ("N", "Ng", "Ngu"):
            save(office, "f", text=letters)
            office.clock.advance(timedelta(seconds=1))
        with office.application.database.reading() as connection:
            (draft,) = list_drafts(connection)
    assert (draft.form["tên"], draft.started_at) == ("Ngu", begun)
    assert draft.saved_at == begun + timedelta(seconds=2)


def test_a_resumed_form_lies_on_the_desk_again(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        save(office, "f", is_parked=True, text="Ng")
        with office.application.database.writing() as connection:
            draft = resume_draft(connection, "f")
            assert list_drafts(connection, is_parked=True) == ()
    assert draft is not None
    assert (draft.is_parked, draft.form) == (False, {"tên": "Ng"})


def test_a_discarded_form_is_not_resumed(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        save(office, "f", is_parked=True)
        with office.application.database.writing() as connection:
            discard_draft(connection, "f")
            assert resume_draft(connection, "f") is None


def test_a_received_form_is_no_draft_any_more_and_never_becomes_one_again(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        save(office, "f", text="Ng")
        office.receive(sample_intake("f"))
        save(office, "f", text="a late keystroke", is_parked=True)
        with office.application.database.writing() as connection:
            assert list_drafts(connection) == ()
            assert resume_draft(connection, "f") is None
