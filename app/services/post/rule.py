"""How this office deals with the post: to whom items go, until when, and when item codes run low."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.body import from_body, to_body
from app.store.settings import read_setting, write_setting

SETTING = "post"


@dataclass(frozen=True, slots=True)
class OfferedRange:
    """Item codes that the office was given for one counter; `device` empty: for this one."""

    first: str
    last: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class PostRule:
    """`post_office` takes the items over; `cutoff` is the hour of its run ("16:00", "" for none)."""

    post_office: str = ""
    cutoff: str = ""
    few: int = 20                  # codes left at which the clerk is told
    ranges: tuple[OfferedRange, ...] = ()


def read_post_rule(connection: Connection) -> PostRule:
    """The office's rule; the usual one when nothing, or nothing readable, was set."""
    held = read_setting(connection, SETTING)
    try:
        return from_body(PostRule, held) if held else PostRule()
    except ValueError:
        return PostRule()


def use_post_rule(connection: Connection, rule: PostRule) -> None:
    write_setting(connection, SETTING, to_body(rule))
