"""Print the label of a dossier's cover."""

from __future__ import annotations

from app.services.receipts import cover_label
from app.services.stored_dossier import read_dossier
from app.store.settings import read_setting
from ui.operations.desk import Desk, warn_of
from ui.operations.print_receipt import SETTING, put_on_paper
from ui.translations import tr

SIZE_MM = (100.0, 60.0)
"""The usual label; setting "printing", {"label": {"width", "height"}}, says another size."""


def print_cover(desk: Desk, code: str) -> None:
    """Render, read both codes back, print, beside the window; nothing is stored, a label is no receipt."""
    office = desk.office

    def work() -> str:
        with office.database.reading() as connection:
            label = cover_label(read_dossier(connection, code).body)
            chosen = read_setting(connection, SETTING, {}).get("label", {})
        from app.printing.cover_label import render_cover_label  # heavy, and not before the first print

        width, height = float(chosen.get("width", SIZE_MM[0])), float(chosen.get("height", SIZE_MM[1]))
        put_on_paper(desk, f"{label.code}-bia", render_cover_label(label, width, height), "label", 1)
        return label.code

    desk.background.run(
        work, lambda done: desk.frame.say(tr("Đã in nhãn bìa {code}", code=done)),
        lambda error: warn_of(desk, error),
    )
