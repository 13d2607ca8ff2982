"""Keys and buttons that act on the chosen pages: turned, parted, left out, done again, taken back."""

from __future__ import annotations

from ui.background.page_intake import PageIntake
from ui.operations.desk import Desk
from ui.pages.digitise.acting import Acts
from ui.pages.digitise.moving import Moving
from ui.pages.digitise.words import act_words
from ui.translations import tr
from ui.widgets.page_thumbs import PageThumbs


class PageActs:
    """What is chosen is the view's; what it becomes is the arrangement's."""

    def __init__(self, desk: Desk, intake: PageIntake, acts: Acts, moving: Moving, thumbs: PageThumbs) -> None:
        self._desk, self._intake, self._acts, self._moving, self._thumbs = desk, intake, acts, moving, thumbs

    def do(self, act: str) -> None:
        """An act of `Acts` on the chosen pages, or on the one in hand where it concerns a stack."""
        chosen, cell = self._thumbs.chosen_pages(), self._thumbs.current_page()
        if not chosen or cell is None:
            return
        match act:
            case "turn" | "turn_left":
                self._acts.turn(chosen, 1 if act == "turn" else -1)
            case "earlier" | "later":
                self._acts.shift(chosen, -1 if act == "earlier" else 1)
            case "leave_out":
                self._acts.leave_out_or_take_in(chosen)
            case "split":
                self._acts.split(cell.page)
            case "merge":
                self._acts.merge_with_previous(cell.page)
            case "reverse":
                self._acts.reverse(cell.page)

    def ask(self, act: str) -> None:
        """A button with the name of an act was pressed."""
        if act == "move":
            self._moving.begin()
        elif act == "undo":
            self.undo()
        else:
            self.do(act)

    def undo(self) -> None:
        act = self._intake.keeper.undo()
        self._desk.frame.say(
            tr("Đã hoàn tác: {act}", act=act_words(act)) if act else tr("Không còn gì để hoàn tác"), "info"
        )

    def redo(self) -> None:
        act = self._intake.keeper.redo()
        self._desk.frame.say(
            tr("Đã làm lại: {act}", act=act_words(act)) if act else tr("Không còn gì để làm lại"), "info"
        )

    def try_again(self) -> None:
        """Shift+S: the chosen pages on the light table once more, as the paper wants them under which they lie."""
        self._intake.try_again(self._thumbs.chosen_pages())
