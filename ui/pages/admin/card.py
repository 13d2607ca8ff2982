"""What every card of Quản trị is: some facts, some acts with their keys, perhaps work under way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.people.roles import Act
from app.errors import KnownError
from app.services.people.rights import require
from ui.messages import sentence
from ui.operations.desk import Desk, clerk_at
from ui.pages.sync.machine_card import Fact, FactsCard
from ui.shortcuts import Key
from ui.theme import Tone
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.even_rows import EvenRows
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import Text

URGENT: tuple[Tone, ...] = ("bad", "warn")
"""What asks for an eye, the worst first."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How a matter stands, in one line."""

    words: str
    tone: Tone = "neutral"


class AdminCard(FactsCard):
    """Give `keys` before the page binds them; `refresh` reads and shows. `host` is the page, for sheets.

    `told` when another line may stand for it.
    """

    told = Signal()

    def __init__(self, title: str, desk: Desk, host: QWidget) -> None:
        super().__init__(title)
        self._desk, self._host = desk, host
        self.keys: dict[Key, Callable[[], object]] = {}
        self.trouble = Banner()
        self.lead = Text("", "secondary", is_wrapped=True)
        self.progress = ProgressLine()
        self.said = Text("", is_wrapped=True)
        self.acts = EvenRows(gap=10, is_stretched=False)
        self._buttons: list[ActionButton] = []
        self._stand: Stand | None = None
        self.body.insertWidget(0, self.trouble)
        for widget in (self.lead, self.said, self.progress):
            self.body.addWidget(widget)
        self.body.addWidget(self.acts)
        self.body.addStretch(1)
        self.say("")

    def add_act(self, key: Key, label: str, work: Callable[[], object]) -> ActionButton:
        """A button and its key for the same work; neither does it while the button is off."""
        button = ActionButton(label, key.cap)
        button.clicked.connect(work)
        self.keys[key] = button.click
        self._buttons.append(button)
        return button

    def end_acts(self) -> None:
        """No more buttons: those there are stand at the left."""
        self.acts.place(self._buttons)

    @property
    def caps(self) -> tuple[str, ...]:
        """The keys of what can be seen here, as on their caps."""
        pairs = zip(self.keys, self._buttons, strict=True)
        return tuple(key.cap for key, button in pairs if not button.isHidden())

    def step_in(self) -> None:
        """The focus goes to the first thing that can be done here."""
        for button in self._buttons:
            if button.isEnabled() and button.isVisibleTo(self):
                button.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def refresh(self) -> None:
        """Read and show; called when the page arrives and when something changed."""

    def take_scan(self, text: str, *, is_rewritten: bool = False) -> bool:
        """A scan while the page is in front; True where this card had a use for it."""
        return False

    def stop(self) -> None:
        """The page goes: work of this card that nobody would hear of ends."""

    def tell(self, facts: Iterable[Fact], lead: str = "", stand: Stand | None = None) -> None:
        """The facts, a word under them, and the line for all of it where no single fact is that."""
        self.show_facts(facts)
        self.lead.setText(lead)
        self.lead.setVisible(bool(lead))
        self._stand = stand
        self.told.emit()

    @property
    def stand(self) -> Stand:
        """What is under way, else what most asks for an eye: what stands in the way, what was told, or a fact."""
        if self.progress.is_going:
            return Stand(tr("Đang làm…"), "info")
        known = [self._stand or self._of_facts()]
        if not self.trouble.isHidden():
            known.insert(0, Stand(self.trouble.title(), cast(Tone, self.trouble.property("tone"))))
        return min(known, key=lambda stand: URGENT.index(stand.tone) if stand.tone in URGENT else len(URGENT))

    def _of_facts(self) -> Stand:
        if not self.facts:
            return Stand(tr("Đang xem…"))
        first = min(self.facts, key=lambda fact: ("bad", "warn", "").index(fact.tone))
        words = f"{first.what}: {first.value or first.note}"
        return Stand(words, cast(Tone, first.tone) if first.tone else "ok")

    def is_allowed(self, act: Act) -> bool:
        """Whether who works here may do so; what speaks against it is said."""
        desk = self._desk
        try:
            with desk.office.database.reading() as connection:
                require(connection, desk.office.enrolled, clerk_at(desk), act, desk.clock())
        except KnownError as error:
            self.say_error(error)
            return False
        return True

    def say(self, words: str, tone: Tone | str = "") -> None:
        self.said.setText(words)
        self.said.set_tone(tone)
        self.said.setVisible(bool(words))
        self.told.emit()

    def say_error(self, error: KnownError, tone: Tone = "bad") -> None:
        said = sentence(error, self._desk.language())
        self.trouble.say(tone, said.title, f"{said.detail()} ({said.code})")
        self.told.emit()
