"""Keyboard-wedge scanners: which keys were typed by a scanner, and which by a person.

A wedge scanner is a keyboard that types very fast. The window feeds every key to a `WedgeReader` before any field
sees it; the reader holds it for a moment and then says whether it belongs to a scan, or gives it back for the
field it was meant for, in the order typed. So a scan never lands in a text field, wherever the focus is.

    person   k . . . . . u . . . . y        each key alone: given back after `max_gap_ms`
    scanner  0491…|…|12082021⏎              keys a few milliseconds apart, then Enter: one `Scan`

The reader knows no window and no clock: times come with the keys (the operating system's, so a busy PC does not
blur them) and `tick` brings the passing of time. Of key releases only the one of Alt is fed, after an Alt code.

A person's input method types fast too: Unikey rubs letters out and types others, a macro types a sentence. Both
begin with Backspace where nothing is held, and what follows such a Backspace at once is given back at once.
A command (Ctrl, F key) passes when nothing is held; inside a scan it is dropped and the scan is flawed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.errors import Refusal


class Key(StrEnum):
    """What kind of key event a `Stroke` is."""

    TEXT = "text"                  # one character, or several that an input method committed at once
    ENTER = "enter"
    TAB = "tab"
    BACKSPACE = "backspace"
    ALT_DIGIT = "alt_digit"        # a keypad digit while Alt is held
    ALT_UP = "alt_up"              # Alt let go: an Alt code ends
    CHORD = "chord"                # Ctrl, Alt or Win with another key: a command
    OTHER = "other"                # arrows, F keys, Escape, Delete …


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key press. `at_ms` is monotonic; `token` is the caller's own event, given back untouched.

    An input-method event that deletes letters before the cursor is fed as so many BACKSPACE, then its TEXT.
    """

    key: Key
    at_ms: int
    text: str = ""
    is_repeat: bool = False        # auto-repeat of a key held down: never a scanner
    is_composed: bool = False      # made by the system out of an Alt code, or committed by an input method
    token: object = None


@dataclass(frozen=True, slots=True)
class WedgeSettings:
    """How this counter's scanner types. The defaults fit a scanner as it leaves its box.

    `max_gap_ms`: longest pause between two keys of one scan. Scanners leave 1–15 ms; the fastest typists do
    40 ms over two or three keys. It is also how long a person's key is held back.
    `min_length`: fewer characters are no scan. `stall_ms`: pause allowed once a scan is certain (USB retries).
    `prefix`, `suffix`: characters the scanner is set to send around each code; with a prefix a scan is certain
    from its first keys. `repeat_ms`: the same code again within this time is marked as a repetition.
    """

    max_gap_ms: int = 35
    min_length: int = 6
    min_strokes: int = 4
    bulk_length: int = 24          # so many characters in one commit are no person's word
    stall_ms: int = 150
    longest: int = 512
    prefix: str = ""
    suffix: str = ""
    ends: frozenset[Key] = frozenset((Key.ENTER, Key.TAB))
    repeat_ms: int = 800


@dataclass(frozen=True, slots=True)
class Scan:
    """One code as it arrived. `is_rewritten`: an input method was at work between the keys (Backspace, commits).

    `flaws` are codes of what makes it unusable: `scan_has_commands`, `scan_too_long`, `scan_cut_off`.
    """

    text: str
    is_rewritten: bool = False
    is_repetition: bool = False
    flaws: tuple[str, ...] = ()

    def accepted_text(self) -> str:
        """The text, or a Refusal with the first flaw as its code."""
        if self.flaws:
            raise Refusal(self.flaws[0])
        return self.text


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do now: deliver `replay` to where those keys were going, in order, and act on `scan`."""

    replay: tuple[Stroke, ...] = ()
    scan: Scan | None = None

    def lets_pass(self, stroke: Stroke) -> bool:
        """Whether the key just fed may go its native way, after the rest of `replay`: shortcuts need that."""
        return bool(self.replay) and self.replay[-1] is stroke


NOTHING = Verdict()


@dataclass(slots=True)
class _Burst:
    """Keys in quick succession that may be a scan."""

    strokes: list[Stroke] = field(default_factory=list)
    last_ms: int = 0
    text: str = ""
    alt_digits: str = ""
    pending: str = ""              # from an Alt code, until the system's own character comes or does not
    is_rewritten: bool = False
    has_commands: bool = False
    is_cut: bool = False

    def add(self, stroke: Stroke) -> None:
        self.last_ms = stroke.at_ms
        if not self.is_cut:            # an endless stream is no scan any more and need not be remembered
            self.strokes.append(stroke)


class WedgeReader:
    """Decides about every key; the caller swallows each key it feeds and delivers only what a verdict replays."""

    def __init__(self, settings: WedgeSettings | None = None) -> None:
        self._settings = settings or WedgeSettings()
        self._burst = _Burst()
        self._last: tuple[str, int] | None = None
        self._ended_ms: int | None = None        # an end key of the scanner, whose brothers may follow
        self._composing_ms: int | None = None    # a person's input method at work

    @property
    def deadline_ms(self) -> int | None:
        """When `tick` is due at the latest; None while nothing is held."""
        if not self._burst.strokes:
            return None
        return self._burst.last_ms + self._gap() + 1

    def feed(self, stroke: Stroke) -> Verdict:
        """Take one key. A key that came too late for the burst before it first settles that burst."""
        before = self._settle_if_late(stroke.at_ms)
        now = self._take(stroke)
        return Verdict(before.replay + now.replay, now.scan or before.scan)

    def tick(self, now_ms: int) -> Verdict:
        """Settle what is held if the pause has become too long for a scanner."""
        return self._settle_if_late(now_ms)

    def _take(self, stroke: Stroke) -> Verdict:
        burst, is_certain = self._burst, self._is_certain()
        if not burst.strokes and stroke.key in self._settings.ends and self._follows(self._ended_ms, stroke):
            self._ended_ms = stroke.at_ms        # CR and LF, Tab and Enter: the scanner's second end
            return NOTHING
        if (
            not burst.strokes
            and stroke.key in (Key.TEXT, Key.BACKSPACE)
            and self._follows(self._composing_ms, stroke)
        ):
            self._composing_ms = stroke.at_ms
            return Verdict((stroke,))
        if stroke.is_repeat and not is_certain:
            return Verdict((*self._let_go(), stroke))
        if stroke.key in self._settings.ends and burst.strokes:
            return self._end(stroke)
        if stroke.key in (Key.TEXT, Key.ALT_DIGIT, Key.ALT_UP):
            return self._collect(stroke)
        if stroke.key is Key.BACKSPACE and burst.text:
            # Unikey rubs out what it has let through and types the composed letters instead.
            burst.add(stroke)
            burst.text = burst.text[:-1]
            burst.is_rewritten = True
            return NOTHING
        if stroke.key is Key.BACKSPACE and not is_certain:
            self._composing_ms = stroke.at_ms
        if is_certain:
            burst.add(stroke)
            burst.has_commands = True
            return NOTHING
        return Verdict((*self._let_go(), stroke))

    def _collect(self, stroke: Stroke) -> Verdict:
        burst, settings = self._burst, self._settings
        burst.add(stroke)
        if stroke.key is Key.ALT_DIGIT:
            self._take_pending()
            burst.alt_digits += stroke.text
        elif stroke.key is Key.ALT_UP:
            self._take_pending()
            burst.pending, burst.alt_digits = _alt_letter(burst.alt_digits), ""
        else:
            if stroke.is_composed:
                burst.pending = ""     # the system composed the Alt code itself
            self._take_pending()
            burst.text += stroke.text
            burst.is_rewritten |= len(stroke.text) > 1
        if len(burst.text) > settings.longest:
            burst.text = burst.text[:settings.longest]
            burst.is_cut = True
        if settings.suffix and burst.text.endswith(settings.suffix) and self._is_certain():
            return self._scan()
        return NOTHING

    def _take_pending(self) -> None:
        self._burst.text += self._burst.pending
        self._burst.pending = ""

    def _end(self, stroke: Stroke) -> Verdict:
        self._take_pending()
        if not self._is_certain():
            return Verdict((*self._let_go(), stroke))
        self._burst.last_ms = stroke.at_ms
        return self._scan()

    def _settle_if_late(self, now_ms: int) -> Verdict:
        burst = self._burst
        if not burst.strokes or now_ms - burst.last_ms <= self._gap():
            return NOTHING
        self._take_pending()
        if not self._is_certain():
            return Verdict(self._let_go())
        # A scanner set to send no Enter ends in silence; one set to send a suffix has lost the rest.
        return self._scan(is_cut_off=bool(self._settings.suffix))

    def _scan(self, *, is_cut_off: bool = False) -> Verdict:
        burst, settings = self._burst, self._settings
        self._burst = _Burst()
        at = self._ended_ms = burst.last_ms
        text = burst.text.removeprefix(settings.prefix)
        text = text.removesuffix(settings.suffix)
        flaws = {
            "scan_has_commands": burst.has_commands,
            "scan_too_long": burst.is_cut,
            "scan_cut_off": is_cut_off,
        }
        last, self._last = self._last, (text, at)
        is_repetition = last is not None and last[0] == text and at - last[1] <= settings.repeat_ms
        return Verdict(scan=Scan(
            text, burst.is_rewritten, is_repetition, tuple(code for code, holds in flaws.items() if holds)
        ))

    def _let_go(self) -> tuple[Stroke, ...]:
        held = tuple(self._burst.strokes)
        self._burst = _Burst()
        return held

    def _follows(self, earlier_ms: int | None, stroke: Stroke) -> bool:
        return earlier_ms is not None and stroke.at_ms - earlier_ms <= self._settings.max_gap_ms

    def _gap(self) -> int:
        return self._settings.stall_ms if self._is_certain() else self._settings.max_gap_ms

    def _is_certain(self) -> bool:
        """Whether no person can have typed the burst: its pace is a scanner's, so its length decides."""
        burst, settings = self._burst, self._settings
        length = len(burst.text) + len(burst.pending)
        if len(burst.strokes) < settings.min_strokes:
            return length >= settings.bulk_length
        if settings.prefix and burst.text.startswith(settings.prefix):
            return length > len(settings.prefix)
        return length >= settings.min_length


def _alt_letter(digits: str) -> str:
    """The character of an Alt code: up to 255 Windows-1252 after a zero, else code page 437; beyond, Unicode."""
    if not digits or not digits.isascii() or not digits.isdigit():
        return ""
    value = int(digits)
    if value > 0x10FFFF or 0xD800 <= value < 0xE000:
        return "\ufffd"
    if value > 255:
        return chr(value)
    page = "cp1252" if digits.startswith("0") else "cp437"
    return bytes([value]).decode(page, errors="replace")
