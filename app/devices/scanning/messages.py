"""What the window's side and the child say to each other about a scan; `app.framing` carries it.

    to the child     {"job": "scan", …} or {"job": "list", …} first; then {"event": "stored"} for each page
    from the child   {"event": "page", "mime": …} + content, "progress", "notice", "source", and one last
                     "ended" or "failed"

The end of the child's input is the order to stop.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.devices.scanning.port import Notice, Source, SourceKind
from app.domain.scanning import Feed, ScanSettings
from app.errors import EnvironmentFault, KnownError, Refusal


def scan_request(source_id: str, settings: ScanSettings, addresses: Sequence[str]) -> dict[str, Any]:
    return {
        "job": "scan", "source": source_id, "addresses": list(addresses), "feed": settings.feed.value,
        "dpi": settings.dpi, "is_colour": settings.is_colour, "most_pages": settings.most_pages,
    }


def settings_of(head: Mapping[str, Any]) -> ScanSettings:
    """What `scan_request` put in."""
    return ScanSettings(Feed(head["feed"]), int(head["dpi"]), bool(head["is_colour"]), int(head["most_pages"]))


def list_request(kind: SourceKind, addresses: Sequence[str]) -> dict[str, Any]:
    return {"job": "list", "kind": kind.value, "addresses": list(addresses)}


def source_message(source: Source) -> dict[str, Any]:
    return {
        "event": "source", "id": source.id, "name": source.name, "kind": source.kind.value,
        "feeds": [feed.value for feed in source.feeds], "is_colour": source.is_colour,
    }


def source_of(head: Mapping[str, Any]) -> Source:
    """What `source_message` put in."""
    return Source(
        str(head["id"]), str(head["name"]), SourceKind(head["kind"]),
        tuple(Feed(feed) for feed in head["feeds"]), bool(head["is_colour"]),
    )


def error_message(event: str, error: KnownError) -> dict[str, Any]:
    """`event` is "failed" or "notice". Values become text where JSON has no word for them."""
    values = {
        name: value if isinstance(value, (str, int, float, bool)) else str(value)
        for name, value in error.values.items()
    }
    return {"event": event, "code": error.code, "values": values, "is_refusal": isinstance(error, Refusal)}


def error_of(head: Mapping[str, Any]) -> KnownError:
    """What `error_message` put in, as the same kind of error."""
    kind = Refusal if head.get("is_refusal") else EnvironmentFault
    return kind(str(head["code"]), **dict(head.get("values") or {}))


def notice_message(notice: Notice) -> dict[str, Any]:
    return error_message("notice", notice.error) | {"name": notice.name}


def notice_of(head: Mapping[str, Any]) -> Notice:
    """What `notice_message` put in."""
    return Notice(error_of(head), str(head.get("name") or ""))
