"""Print the separator sheets of a dossier: one per paper, laid between the papers of a pile."""

from __future__ import annotations

from app.domain.separator import SeparatorLine
from ui.background.page_values import Destination
from ui.operations.desk import Desk, warn_of
from ui.operations.print_receipt import put_on_paper
from ui.translations import tr


def print_separators(desk: Desk, destination: Destination) -> None:
    """Render, read all codes back, print, beside the window; nothing is stored."""
    lines = [
        SeparatorLine(number, wanted.code, wanted.name)
        for number, wanted in enumerate(destination.requirements, 1)
    ]

    def work() -> int:
        from app.printing.separator_sheets import render_separator_sheets  # heavy, and not before the first print

        pdf = render_separator_sheets(desk.office.enrolled.paper_head, destination.code, lines)
        put_on_paper(desk, f"{destination.code}-to-ngan", pdf, "separator", 1)
        return len(lines)

    desk.background.run(
        work, lambda count: desk.frame.say(tr("Đã in {n} tờ ngăn và tờ kết thúc", n=count)),
        lambda error: warn_of(desk, error),
    )
