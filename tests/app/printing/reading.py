"""What a reader of the finished PDF sees: words page by page, and whether anything stands on top of anything."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import pypdfium2

from app.printing.flow import Page
from app.printing.fonts import text_width
from app.printing.formats import Paper
from app.printing.papers import render


@cache
def made(paper: object, size: str | None = None, copies: tuple[str, ...] | None = None) -> bytes:
    """The PDF of `paper`, made once for all tests that only read it."""
    return render(paper, size=size, copies=copies)


@cache
def texts_of(paper: object, size: str | None = None, copies: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """`page_texts` of the same."""
    return tuple(page_texts(made(paper, size, copies)))


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page with every run of blanks as one."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return texts


def squeezed(text: str) -> str:
    """Without blanks: lines may break anywhere between words, and after hyphens inside them."""
    return "".join(text.split())


def boxes(page: Page) -> list[tuple[float, float, float, float, str]]:
    """Left, top, right and bottom of each text of a page, as the eye judges them, and the text."""
    found = []
    for x, y, size, pieces, extra in page.texts:
        said = "".join(text for text, _ in pieces)
        width = sum(text_width(text, face, size) for text, face in pieces) + extra * said.count(" ")
        found.append((x, y - 0.7 * size, x + width, y + 0.15 * size, said))
    return found


def collisions(page: Page) -> list[tuple[str, str]]:
    """Pairs of texts that overlap, and texts that run into a code."""
    texts = boxes(page)
    codes = [(x, y, x + code.width, y + tall, "code") for x, y, tall, code in page.codes]
    return [(one[4], other[4]) for one, other in combinations([*texts, *codes], 2)
            if one[0] < other[2] - 0.1 and other[0] < one[2] - 0.1
            and one[1] < other[3] - 0.1 and other[1] < one[3] - 0.1]


def strays(page: Page, paper: Paper) -> list[str]:
    """Texts that leave the room between the margins, or the page's foot."""
    return [said for left, top, right, bottom, said in boxes(page)
            if left < paper.left - 0.01 or right > paper.left + paper.room + 0.01
            or top < paper.top - 0.01 or bottom > paper.end + 0.01]
