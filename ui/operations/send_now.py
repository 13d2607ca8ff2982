"""Ask the courier for a contact now instead of at its next turn."""

from __future__ import annotations

from typing import Protocol

from ui.operations.desk import Desk
from ui.translations import tr


class Courier(Protocol):
    """`ui.background.child.Child`."""

    def wake(self) -> None: ...


def send_now(desk: Desk, courier: Courier) -> None:
    courier.wake()
    desk.frame.say(tr("Đang liên lạc với tỉnh"), "info")
