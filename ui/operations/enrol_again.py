"""This PC takes its counter's place again, with a new code: other numbers, and what waits goes out."""

from __future__ import annotations

from collections.abc import Callable

from app.errors import Refusal
from app.services.courier import gateway_of
from app.services.standing import may_enrol_again
from ui.changes import Change
from ui.operations.desk import Desk
from ui.translations import tr


def gateway_address(desk: Desk) -> str:
    """Where the province was reached so far."""
    with desk.office.database.reading() as connection:
        gateway = gateway_of(connection)
    return gateway.url if gateway is not None else ""


def enrol_again(
    desk: Desk, url: str, code: str, on_done: Callable[[], object], on_failure: Callable[[Exception], object]
) -> None:
    """Beside the window, because the line may be slow. Who calls wakes the courier when it is done.

    Fails with `already_enrolled` where the book can go on without a code, and with what the province says.
    """
    from sync.client import GatewayClient  # requests is only paid for where a line is spoken to
    from sync.enrol import enrol_counter

    office = desk.office

    def work() -> None:
        with office.database.reading() as connection:
            if not may_enrol_again(connection):
                raise Refusal("already_enrolled")
        with GatewayClient(url) as client:
            enrol_counter(office.database, client, url, code, device_name="counter", clock=office.clock)

    def done(_: object) -> None:
        office.reread()
        desk.frame.say(tr("Máy này đã được ghi danh lại, quầy dùng dải số mới"))
        desk.changes.publish(Change(is_everything=True, has_sync=True, has_settings=True))
        on_done()

    desk.background.run(work, done, on_failure)
