"""HTML as a value: every text is escaped where it is put in, so no page can forget it."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

_VOID = frozenset(("input", "link", "meta", "br"))


@dataclass(frozen=True, slots=True)
class Html:
    """Text that is HTML already. Made here and nowhere else."""

    text: str


Content: TypeAlias = "Html | str | int | Iterable[Content] | None"


def tag(name: str, /, *content: Content, **attributes: str | int | bool | None) -> Html:
    """An element. `class_` and `for_` lose their dash; False and None leave an attribute out, True names it."""
    said = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{html.escape(str(value))}"')
        for key, value in attributes.items() if value is not None and value is not False
    )
    if name in _VOID:
        return Html(f"<{name}{said}>")
    return Html(f"<{name}{said}>{join(content).text}</{name}>")


def join(content: Content) -> Html:
    """Everything inside, one behind the other."""
    if content is None:
        return Html("")
    if isinstance(content, Html):
        return content
    if isinstance(content, str | int):
        return Html(html.escape(str(content)))
    return Html("".join(join(each).text for each in content))


def link(where: str, *content: Content) -> Html:
    return tag("a", *content, href=where)


def table(caption: str, columns: Sequence[Content], rows: Iterable[Sequence[Content]], empty: str) -> Html:
    """A table whose first column names its row; `empty` is said in its place when it has none."""
    lines = [tag("tr", tag("th", row[0], scope="row"), (tag("td", each) for each in row[1:])) for row in rows]
    if not lines:
        return tag("p", empty, class_="nothing")
    head = tag("tr", (tag("th", each, scope="col") for each in columns))
    return tag("div", tag("table", tag("caption", caption), tag("thead", head), tag("tbody", lines)),
               class_="wide", tabindex=0, role="region", aria_label=caption)
