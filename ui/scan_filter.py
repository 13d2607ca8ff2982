"""Scans from a keyboard-wedge scanner, caught before any field sees them, wherever the focus is.

An application-level filter takes every key on its way to a window and gives it to `WedgeReader`, which says
whether a scanner or a person typed it. What a person typed goes on to where it was going, some 35 ms later and
in order, with the shortcuts it would have triggered; what a scanner typed becomes one `scanned`.

Qt tries shortcuts before it delivers a key, so each letter is first claimed at the ShortcutOverride; a
person's letter gets its shortcut back when it is replayed (`_run_shortcut`). Events sent by the program itself
are not spontaneous and pass untouched, which is also how replayed keys pass.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from app.devices.wedge import Key, Scan, Stroke, Verdict, WedgeReader
from app.errors import Refusal

_MODIFIER_KEYS = frozenset((
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_Super_L, Qt.Key.Key_Super_R,
))
_CONTROL, _ALT, _META = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.MetaModifier,
)
_CLAIMED = frozenset((Key.TEXT, Key.ENTER, Key.TAB, Key.BACKSPACE, Key.ALT_DIGIT))
"""Kinds a scanner sends: their shortcuts wait until it is known that a person typed them."""


@dataclass(slots=True)
class _Held:
    """A key on its way: what to send on, where to, and whether its release came while it was held."""

    target: QObject
    press: QKeyEvent | None = None
    release: QKeyEvent | None = None
    commit: str = ""               # of an input method, instead of a key


class ScanFilter(QObject):
    """Lives in the GUI thread for as long as the application. `install` it once; `remove` it before the end."""

    scanned = Signal(str, bool)    # a usable scan; whether an input method changed keys of it
    refused = Signal(object)       # Refusal: a scan that cannot be used, and why

    def __init__(self, app: QApplication, reader: WedgeReader | None = None) -> None:
        super().__init__(app)
        self._app = app
        self._reader = reader or WedgeReader()
        self._offset_ms = 0        # the keyboard's clock minus ours
        self.frozen_at: int | None = None
        # Played keys carry the time at which a busy machine got round to them: who plays a burst stops the clock.
        self._skipped_ms = 0
        self._has_alt_code = False
        self._was_claimed = False
        self._held: dict[int, _Held] = {}        # key code → the press of it that waits
        self._is_committing = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setTimerType(Qt.TimerType.PreciseTimer)
        self._pause.timeout.connect(self._on_pause)
        self._settle = QTimer(self)              # once round the event loop: keys already waiting come first
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self._on_settled)

    def install(self) -> None:
        self._app.installEventFilter(self)

    def remove(self) -> None:
        """Gives back what is held and lets go of the application."""
        self._app.removeEventFilter(self)
        self._pause.stop()
        self._settle.stop()
        self._act(self._reader.tick(1 << 62))

    @property
    def is_holding(self) -> bool:
        """Whether keys wait to be told apart: a scanner's or a person's."""
        return self._reader.deadline_ms is not None

    def skip(self, milliseconds: int) -> None:
        """So much time has passed for the keys: for who plays them and waits for no clock."""
        self._skipped_ms += milliseconds
        self._offset_ms += milliseconds
        self._act(self._reader.tick(self._now()))
        self._wait()

    # keys in

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(watched, QWindow) and event.spontaneous():
            assert isinstance(event, QKeyEvent)
            return self._on_press(watched, event)
        if kind == QEvent.Type.ShortcutOverride and isinstance(watched, QWindow) and event.spontaneous():
            assert isinstance(event, QKeyEvent)
            return self._on_override(event)
        if kind == QEvent.Type.KeyRelease and isinstance(watched, QWindow) and event.spontaneous():
            assert isinstance(event, QKeyEvent)
            return self._on_release(watched, event)
        if kind == QEvent.Type.InputMethod and not self._is_committing and isinstance(watched, QWidget):
            assert isinstance(event, QInputMethodEvent)
            return self._on_commit(watched, event)
        return False

    def _on_override(self, event: QKeyEvent) -> bool:
        kind = _kind(event)
        self._was_claimed = kind is not None and (
            kind in _CLAIMED or self._reader.deadline_ms is not None
        )
        if self._was_claimed:
            event.accept()
        return self._was_claimed

    def _on_press(self, window: QWindow, event: QKeyEvent) -> bool:
        kind = _kind(event)
        if kind is None:
            return False
        was_claimed, self._was_claimed = self._was_claimed, False
        self._has_alt_code |= kind is Key.ALT_DIGIT
        held = _Held(window, _copy(event))
        stroke = Stroke(
            kind, self._time_of(event), event.text() if kind is Key.TEXT else _digit(event, kind),
            is_repeat=event.isAutoRepeat(), token=held,
        )
        if not event.isAutoRepeat():
            self._held[event.key()] = held
        return self._feed(stroke, held, was_claimed=was_claimed)

    def _on_release(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Alt and self._has_alt_code:
            self._has_alt_code = False
            self._act(self._reader.feed(Stroke(Key.ALT_UP, self._time_of(event), token=_Held(window))))
            self._wait()
        held = self._held.get(event.key())
        if held is None or event.isAutoRepeat():
            return False
        held.release = _copy(event)     # a button must not be released before it was pressed
        if self._reader.deadline_ms is None:
            del self._held[event.key()]  # its press was dropped, so its release is too
        return True

    def _on_commit(self, field: QWidget, event: QInputMethodEvent) -> bool:
        text = event.commitString()
        if not text or event.replacementLength():
            return False                # only being composed, or taking back what the field already has
        held = _Held(field, commit=text)
        stroke = Stroke(Key.TEXT, self._now(), text, is_composed=True, token=held)
        return self._feed(stroke, held, was_claimed=False)

    def _feed(self, stroke: Stroke, held: _Held, *, was_claimed: bool) -> bool:
        """True: the event is taken; False: it may go on by itself."""
        verdict = self._reader.feed(stroke)
        lets_pass = verdict.lets_pass(stroke)
        self._act(Verdict(verdict.replay[:-1], verdict.scan) if lets_pass else verdict)
        self._wait()
        if not lets_pass:
            return True
        if held.press is not None:
            self._held.pop(held.press.key(), None)
        return was_claimed and held.press is not None and self._run_shortcut(held)

    # verdicts out

    def _act(self, verdict: Verdict) -> None:
        for stroke in verdict.replay:
            if isinstance(stroke.token, _Held):
                self._send_on(stroke.token)
        if verdict.scan is not None:
            self._forget_composed()
            self._held.clear()
            self._deliver(verdict.scan)

    def _deliver(self, scan: Scan) -> None:
        if scan.is_repetition:
            return                 # the trigger was held a moment too long; once is enough
        try:
            text = scan.accepted_text()
        except Refusal as refusal:
            self.refused.emit(refusal)
        else:
            self.scanned.emit(text, scan.is_rewritten)

    def _send_on(self, held: _Held) -> None:
        if held.commit:
            self._is_committing = True
            try:
                event = QInputMethodEvent()
                event.setCommitString(held.commit)
                if shiboken6.isValid(held.target):
                    QCoreApplication.sendEvent(held.target, event)
            finally:
                self._is_committing = False
            return
        if held.press is None:
            return
        self._held.pop(held.press.key(), None)
        if not shiboken6.isValid(held.target):
            return
        if not self._run_shortcut(held):
            QCoreApplication.sendEvent(held.target, held.press)
        if held.release is not None and shiboken6.isValid(held.target):
            QCoreApplication.sendEvent(held.target, held.release)

    def _run_shortcut(self, held: _Held) -> bool:
        """What Qt does before it delivers a key: ask the field, then run the one shortcut that fits."""
        assert held.press is not None
        press = held.press
        asking = QKeyEvent(
            QEvent.Type.ShortcutOverride, press.key(), press.modifiers(), press.text(), press.isAutoRepeat()
        )
        asking.ignore()
        QCoreApplication.sendEvent(held.target, asking)
        if asking.isAccepted():
            return False
        found = list(_fitting(_sequences(press)))
        if not found:
            return False
        if not press.isAutoRepeat() or found[0].autoRepeat():
            (found[0].activated if len(found) == 1 else found[0].activatedAmbiguously).emit()
        return True

    def _forget_composed(self) -> None:
        """Takes back what an input method was still composing out of the scan's letters."""
        method = QGuiApplication.inputMethod()
        if method is not None and method.isVisible():
            method.reset()

    # time

    def _now(self) -> int:
        return (self.frozen_at or time.monotonic_ns() // 1_000_000) + self._offset_ms

    def _time_of(self, event: QKeyEvent) -> int:
        # The system's own time, so that a busy window does not blur a scanner's pace.
        if event.timestamp() and self.frozen_at is None:
            stamp = event.timestamp() + self._skipped_ms
            self._offset_ms = stamp - time.monotonic_ns() // 1_000_000
            return stamp
        return self._now()

    def _wait(self) -> None:
        self._settle.stop()
        deadline = self._reader.deadline_ms
        if deadline is None:
            self._pause.stop()
        else:
            self._pause.start(max(1, deadline - self._now()))

    def _on_pause(self) -> None:
        self._settle.start()

    def _on_settled(self) -> None:
        deadline = self._reader.deadline_ms
        if deadline is not None:
            self._act(self._reader.tick(max(deadline, self._now())))
            self._wait()


def _kind(event: QKeyEvent) -> Key | None:
    """What the key is to the reader; None for keys that only change others."""
    key, held = event.key(), event.modifiers()
    if key in _MODIFIER_KEYS:
        return None
    text = event.text()
    is_printable = bool(text) and text.isprintable()
    if held & _ALT and not held & _CONTROL and held & Qt.KeyboardModifier.KeypadModifier and _is_digit(key):
        return Key.ALT_DIGIT
    is_alt_gr = bool(held & _CONTROL) and bool(held & _ALT) and is_printable
    if held & (_CONTROL | _ALT | _META) and not is_alt_gr:
        return Key.CHORD
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return Key.ENTER
    if key == Qt.Key.Key_Tab:
        return Key.TAB
    if key == Qt.Key.Key_Backspace:
        return Key.BACKSPACE
    return Key.TEXT if is_printable else Key.OTHER


def _is_digit(key: int) -> bool:
    return Qt.Key.Key_0 <= key <= Qt.Key.Key_9


def _digit(event: QKeyEvent, kind: Key) -> str:
    return chr(event.key()) if kind is Key.ALT_DIGIT else ""


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(), event.key(), event.modifiers(), event.nativeScanCode(), event.nativeVirtualKey(),
        event.nativeModifiers(), event.text(), event.isAutoRepeat(), event.count(),
    )


def _sequences(press: QKeyEvent) -> tuple[QKeySequence, ...]:
    """As a shortcut may have written the key: "?" is meant whether or not Shift makes it."""
    key = Qt.Key(press.key())
    held = press.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    exact = QKeySequence(QKeyCombination(held, key))
    without_shift = QKeySequence(QKeyCombination(held & ~Qt.KeyboardModifier.ShiftModifier, key))
    is_letter = press.text().isalpha()
    return (exact,) if is_letter or exact == without_shift else (exact, without_shift)


def _fitting(sequences: Iterable[QKeySequence]) -> Iterable[QShortcut]:
    """The enabled shortcuts of the active window that hear one of `sequences` where the focus is."""
    window, focus = QApplication.activeWindow(), QApplication.focusWidget()
    if window is None:
        return
    wanted = tuple(sequences)
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        if not isinstance(owner, QWidget) or not shortcut.isEnabled() or shortcut.key() not in wanted:
            continue
        if not (owner.isVisible() and owner.isEnabled()):
            continue
        context = shortcut.context()
        if context == Qt.ShortcutContext.WidgetShortcut:
            is_heard = owner is focus
        elif context == Qt.ShortcutContext.WidgetWithChildrenShortcut:
            is_heard = focus is not None and (owner is focus or owner.isAncestorOf(focus))
        else:
            is_heard = True
        if is_heard:
            yield shortcut
