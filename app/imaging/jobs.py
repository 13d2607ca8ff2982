"""What the light table's process does for its window: one function per job, pictures and PDFs as bytes.

    job           content                         answer
    prepare       one page                        content + thumbnail, {"mime", "finding", "sizes"}
    prepare_pair  front, back of a card           the same
    split         a PDF, TIFF, JPEG or PNG        one {"event": "page", "mime"} each, in order
    preview       one page, or a PDF and a page   JPEG
    document      pages and their text layers     PDF/A-2b
    text          one page                        its text layer, empty where there is none
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from app.errors import Refusal
from app.framing import Frame
from app.imaging.limits import Limits, allow_processor
from app.imaging.prepared import PageForPdf, about_from_head, finding_to_head, treatment_from_head

if TYPE_CHECKING:
    from app.imaging.prepared import Prepared

Answer = tuple[dict[str, Any], bytes]


def warm_up() -> None:
    """Load every library the jobs need: later their weight would count as the foreign file's."""
    from app.imaging import document, opening, pdf_pages, prepare, text_layer  # noqa: F401


def run(frame: Frame, limits: Limits) -> Iterator[Answer]:
    """Do one job. Raises KnownError."""
    if len(frame.content) > 2 * limits.most_bytes:
        raise Refusal("file_too_large", bytes=len(frame.content), limit=limits.most_bytes)
    ends = list(accumulate(frame.head["sizes"], initial=0))
    view = memoryview(frame.content)
    parts = [bytes(view[start:end]) for start, end in pairwise(ends)]
    yield from _JOBS[frame.head["job"]](frame.head, parts, limits)


def _prepare(head: dict[str, Any], parts: list[bytes], limits: Limits) -> Iterator[Answer]:
    from app.imaging.opening import open_picture
    from app.imaging.prepare import prepare

    treatment = treatment_from_head(head["treatment"])
    yield _prepared(prepare(open_picture(parts[0], limits), treatment))


def _prepared(page: Prepared) -> Answer:
    sizes = [len(page.content), len(page.thumbnail)]
    head = {"event": "done", "mime": page.mime, "finding": finding_to_head(page.finding), "sizes": sizes}
    return head, page.content + page.thumbnail


def _prepare_pair(head: dict[str, Any], parts: list[bytes], limits: Limits) -> Iterator[Answer]:
    from app.imaging.opening import open_picture
    from app.imaging.prepare import prepare_pair

    front, back = (open_picture(part, limits) for part in parts)
    yield _prepared(prepare_pair(front, back, treatment_from_head(head["treatment"])))


def _split(head: dict[str, Any], parts: list[bytes], limits: Limits) -> Iterator[Answer]:
    from app.imaging.pdf_pages import split

    for page in split(parts[0], limits):
        yield {"event": "page", "mime": page.mime}, page.content
        allow_processor(limits.page_seconds)
    yield {"event": "done"}, b""


def _preview(head: dict[str, Any], parts: list[bytes], limits: Limits) -> Iterator[Answer]:
    from app.imaging.opening import preview

    yield {"event": "done"}, preview(parts[0], head["longest"], head["turn"], limits, head["page"])


def _document(head: dict[str, Any], parts: list[bytes], limits: Limits) -> Iterator[Answer]:
    from app.imaging.document import document

    pages = [
        PageForPdf(content, sheet["mime"], sheet["turn"], layer)
        for sheet, content, layer in zip(head["pages"], parts[::2], parts[1::2], strict=True)
    ]
    yield {"event": "done"}, document(pages, about_from_head(head["about"]), limits)


def _text(head: dict[str, Any], parts: list[bytes], limits: Limits) -> Iterator[Answer]:
    from app.imaging.text_layer import text_layer

    yield {"event": "done"}, text_layer(parts[0], head["turn"], limits)


_JOBS: dict[str, Callable[[dict[str, Any], list[bytes], Limits], Iterator[Answer]]] = {
    "prepare": _prepare, "prepare_pair": _prepare_pair, "split": _split, "preview": _preview,
    "document": _document, "text": _text,
}
