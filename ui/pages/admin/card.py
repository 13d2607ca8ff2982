"""What every card of Quản trị is: some facts, some acts with their keys, perhaps work under way."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.people.roles import Act
from app.errors import KnownError
from app.services.people.rights import require
from ui.messages import sentence
from ui.operations.desk import Desk, clerk_at
from ui.pages.sync.machine_card import Fact, FactsCard
from ui.shortcuts import Key
from ui.theme import Tone
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import Text


class AdminCard(FactsCard):
    """Give `keys` before the page binds them; `refresh` reads and shows. `host` is the page, for sheets."""

    def __init__(self, title: str, desk: Desk, host: QWidget) -> None:
        super().__init__(title)
        self._desk, self._host = desk, host
        self.keys: dict[Key, Callable[[], object]] = {}
        self.trouble = Banner()
        self.lead = Text("", "secondary", is_wrapped=True)
        self.progress = ProgressLine()
        self.said = Text("", is_wrapped=True)
        self.acts = QHBoxLayout()
        self.acts.setSpacing(10)
        self.body.insertWidget(0, self.trouble)
        for widget in (self.lead, self.said, self.progress):
            self.body.addWidget(widget)
        self.body.addLayout(self.acts)
        self.body.addStretch(1)
        self.say("")

    def add_act(self, key: Key, label: str, work: Callable[[], object]) -> ActionButton:
        """A button and its key for the same work; neither does it while the button is off."""
        button = ActionButton(label, key.cap)
        button.clicked.connect(work)
        self.keys[key] = button.click
        self.acts.addWidget(button)
        return button

    def end_acts(self) -> None:
        """No more buttons: those there are stand at the left."""
        self.acts.addStretch(1)

    def refresh(self) -> None:
        """Read and show; called when the page arrives and when something changed."""

    def take_scan(self, text: str, *, is_rewritten: bool = False) -> bool:
        """A scan while the page is in front; True where this card had a use for it."""
        return False

    def stop(self) -> None:
        """The page goes: work of this card that nobody would hear of ends."""

    def tell(self, facts: Iterable[Fact], lead: str = "") -> None:
        """The facts, and a word under them."""
        self.show_facts(facts)
        self.lead.setText(lead)
        self.lead.setVisible(bool(lead))

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

    def say_error(self, error: KnownError, tone: Tone = "bad") -> None:
        said = sentence(error, self._desk.language())
        self.trouble.say(tone, said.title, f"{said.detail()} ({said.code})")
