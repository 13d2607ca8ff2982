"""No part of the window opens below the edge of the screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize

from ui.standing_room import has_room

WINDOW = QSize(1366, 768)


@pytest.mark.parametrize(("width", "height", "has"), [
    (1366, 768, False),            # an office's machine: the title bar would push the last line off the screen
    (1366, 728, False),            # with a taskbar
    (1600, 800, False),
    (1440, 860, True),
    (1536, 824, True),             # 1920×1080 at 125 %
    (1093, 614, False),            # 1366×768 at 125 %
])
def test_the_window_opens_on_all_of_a_screen_that_has_no_room_for_its_frame(width: int, height: int,
                                                                           has: bool) -> None:
    assert has_room(WINDOW, QSize(width, height)) is has
