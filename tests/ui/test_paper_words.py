from __future__ import annotations

from app.services.papers.builders import BUILDERS
from ui.models.paper_words import PAPERS, paper_words


def test_every_paper_that_may_wait_to_be_printed_has_its_words() -> None:
    assert set(BUILDERS) <= set(PAPERS)
    assert paper_words("of a later program") == "of a later program"
