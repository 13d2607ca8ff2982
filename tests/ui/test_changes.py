"""What changed adds up, and reaches everyone who shows it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.changes import Change, Changes


def test_changes_add_up() -> None:
    both = Change(frozenset({"A"}), has_prints=True) | Change(frozenset({"B"}), has_sync=True)
    assert both == Change(frozenset({"A", "B"}), has_prints=True, has_sync=True)


def test_a_dossier_is_touched_by_its_code_or_by_everything() -> None:
    assert Change(frozenset({"A"})).touches("A")
    assert not Change(frozenset({"A"}), has_sync=True).touches("B")
    assert Change(is_everything=True).touches("B")


def test_a_published_change_reaches_the_listener(qtbot: QtBot) -> None:
    changes = Changes()
    with qtbot.waitSignal(changes.happened, check_params_cb=lambda change: change.has_drafts):
        changes.publish(Change(has_drafts=True))
