"""Papers picked up at home are received at the desk: found by slip, name or telephone, under today's rules."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.domain.intake import PaperStatus
from app.domain.pickup import PickupState
from app.services.post.pickups import PickupStored
from app.store.queries.pickups import find_pickup
from tests.app.services.post.counter import PostDesk, sample_call
from tests.ui.intake.conftest import CARD, Counter
from ui.dialogs.pickup_sheet import PickupSheet
from ui.pages.intake.form import Step

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def collected(counter: Counter, name: str = "Phan Văn Thử", phone: str = "0905 000 456") -> PickupStored:
    """A call whose papers are with the post."""
    desk = PostDesk(counter.office)
    call = sample_call(name=name, phone=phone)
    asked = desk.call(call, intent=f"gọi-{name}")
    desk.later(minutes=1)
    return desk.move(asked.id, PickupState.COLLECTED, papers=call.papers[:2], intent=f"lấy-{name}")


def opened(counter: Counter) -> PickupSheet:
    counter.press(Key.Key_T, ALT)
    return next(each for each in counter.window.findChildren(PickupSheet) if each.is_open)


def test_a_reception_begins_from_the_slip_and_ends_the_pickup(counter: Counter) -> None:
    pickup = collected(counter)
    opened(counter)
    assert counter.scan(pickup.number)
    form = counter.page.form()
    assert (form.pickup, form.channel, form.step) == (pickup.id, 3, Step.PERSON)
    assert form.owner.full_name == "Phan Văn Thử"
    assert [paper.status for paper in form.papers] == [
        PaperStatus.PRESENT, PaperStatus.PRESENT, PaperStatus.MISSING]
    assert "Thu gom tại nhà" in counter.page.column._code._note.text()
    counter.page.go_to(Step.PAPERS)
    counter.press(Key.Key_A)
    counter.press(Key.Key_F12)
    counter.press(Key.Key_Return)
    code = counter.rows()[0].code
    stored = counter.dossier(code).body.intake
    assert (stored.pickup, stored.channel) == (pickup.id, 3)
    with counter.office.application.database.reading() as connection:
        row = find_pickup(connection, pickup.id)
    assert row is not None and (row.state, row.code) == (PickupState.RECEIVED, code)
    assert opened(counter).model.rowCount() == 0


def test_a_pickup_is_found_by_name_or_by_the_end_of_the_telephone(counter: Counter) -> None:
    collected(counter)
    wanted = collected(counter, "Lê Thị Ví Dụ", "0905 111 777")
    sheet = opened(counter)
    assert sheet.model.rowCount() == 2
    counter.type("vi du")
    assert [sheet.model.pickup(0)] and sheet.model.rowCount() == 1
    sheet.field.line.selectAll()
    counter.type("777")
    counter.press(Key.Key_Return)
    assert counter.page.form().pickup == wanted.id


def test_arrows_choose_in_the_list_while_the_field_has_the_focus(counter: Counter) -> None:
    collected(counter)
    second = collected(counter, "Lê Thị Ví Dụ", "0905 111 777")
    opened(counter)
    counter.press(Key.Key_Down)
    counter.press(Key.Key_Return)
    assert counter.page.form().pickup == second.id


def test_what_was_on_the_desk_is_set_aside(counter: Counter) -> None:
    collected(counter)
    counter.fill(CARD)
    opened(counter)
    counter.press(Key.Key_Return)
    assert counter.page.form().owner.full_name == "Phan Văn Thử"
    assert [draft.label for draft in counter.drafts() if draft.is_parked] == ["Trần Thị Mẫu Một"]


def test_a_scan_of_something_else_takes_nothing(counter: Counter) -> None:
    collected(counter)
    sheet = opened(counter)
    assert counter.scan("GT-261123-XXXX-009-X")
    assert counter.at.sound.heard == ["refuse"]
    assert "pickup_unknown" in sheet.field.message()
    assert sheet.is_open and counter.page.form().is_blank


def test_a_slip_whose_papers_are_not_with_the_post_yet_says_so(counter: Counter) -> None:
    asked = PostDesk(counter.office).call(sample_call(), intent="gọi")
    sheet = opened(counter)
    counter.scan(asked.number)
    assert "pickup_not_collected" in sheet.field.message()


def test_without_pickups_the_sheet_says_so_and_enter_does_nothing(counter: Counter) -> None:
    sheet = opened(counter)
    assert sheet.model.rowCount() == 0
    counter.press(Key.Key_Return)
    assert sheet.is_open
    counter.press(Key.Key_Escape)
    assert counter.page.form().is_blank
