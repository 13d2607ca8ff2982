"""What the page says: a bar that stays for what needs a person, a word in passing for the rest, with a sound."""

from __future__ import annotations

from collections.abc import Callable

from app.errors import KnownError
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.theme import Tone
from ui.widgets.banner import Banner


class Telling:
    """The bar of the page; what it says goes away with the next thing that goes well."""

    def __init__(self, desk: Desk, bar: Banner) -> None:
        self._desk, self._bar = desk, bar
        self._way_out: Callable[[], object] | None = None
        bar.asked.connect(self._go)

    def refused(self, error: Exception) -> None:
        """What stood in the way. What nobody foresaw is raised on."""
        if not isinstance(error, KnownError):
            raise error
        said = sentence(error, self._desk.language())
        self._desk.sound.refuse()
        self.notice("bad", said.title, f"{said.detail()} ({said.code})")

    def refused_with_way_out(
        self, title: str, detail: str, action: str, key: str, way_out: Callable[[], object]
    ) -> None:
        self._desk.sound.refuse()
        self.notice("warn", title, detail, action, key, way_out)

    def notice(
        self, tone: Tone, title: str, detail: str = "", action: str = "", key: str = "",
        way_out: Callable[[], object] | None = None,
    ) -> None:
        """Stays until something else is said. `way_out` is what the action does; its key is the page's."""
        self._way_out = way_out
        self._bar.say(tone, title, detail, action, key)

    def passing(self, text: str) -> None:
        self._desk.frame.say(text)

    def silence(self) -> None:
        self._way_out = None
        self._bar.silence()

    def _go(self) -> None:
        if self._way_out is not None:
            self._way_out()
