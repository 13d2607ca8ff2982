"""What `scanimage -A` says of a device, and the words of it that ask for what we want.

Backends name the same thing differently ("ADF", "Automatic Document Feeder(left aligned,Duplex)"), so the choice
is made among the words the device itself offers, never from a table of models. An option that is "inactive" or
"read-only" is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.devices.scanning.port import ScanTrouble, trouble_error
from app.domain.scanning import Feed, ScanSettings

_OPTION = re.compile(r"^ {4}(?:--(?P<long>[a-z0-9-]+)|-(?P<short>[a-z]))(?P<rest>.*?)(?: \[(?P<now>[^]]*)\].*)?$")
_RANGE = re.compile(r"^(?P<low>-?[\d.]+)\.\.(?P<high>-?[\d.]+)(?P<unit>[a-z%]*)")
_BACK_ONLY = re.compile(r"\bback\b", re.IGNORECASE)
_DUPLEX = re.compile(r"duplex|both sides", re.IGNORECASE)
_FEEDER = re.compile(r"adf|feeder", re.IGNORECASE)
_FLATBED = re.compile(r"flatbed|platen|document table|\bnormal\b|\bfb\b", re.IGNORECASE)
_COLOUR = re.compile(r"colou?r", re.IGNORECASE)
_GREY = re.compile(r"gr[ae]y", re.IGNORECASE)
_LINES = re.compile(r"diffusion|dither|lineart|halftone|bitmap", re.IGNORECASE)
PAGE_WIDTH, PAGE_HEIGHT = 215.9, 297.0     # mm: A4 high, and as wide as every feeder is, so that nothing is cut
_LENGTHS = (("page-width", PAGE_WIDTH), ("page-height", PAGE_HEIGHT), ("x", PAGE_WIDTH), ("y", PAGE_HEIGHT))


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its words, or its range in the unit the device shows (dpi, mm); `now` is its default."""

    words: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0
    now: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """How one scan is asked of `scanimage`. `count` 0: until the feeder is empty."""

    arguments: tuple[str, ...]
    dpi: int
    count: int


def read_options(listing: str) -> dict[str, Option]:
    """The options of `scanimage -A`, by name without dashes. Lines that are not understood are passed over."""
    found: dict[str, Option] = {}
    for line in listing.splitlines():
        if not (match := _OPTION.match(line)):
            continue
        text = match["rest"].strip()
        now = match["now"] or ""
        is_active = "inactive" not in line.rpartition("[")[2] and "[read-only]" not in line
        if numbers := _RANGE.match(text):
            option = Option((), float(numbers["low"]), float(numbers["high"]), now, is_active)
        else:
            inner = text.removeprefix("[=(").removesuffix(")]")
            words = inner.split("|") if "|" in inner or (inner and not inner.startswith("<")) else []
            option = Option(tuple(word.strip() for word in words if word.strip()), 0.0, 0.0, now, is_active)
        found[match["long"] or match["short"]] = option
    return found


def feeds_of(options: dict[str, Option]) -> tuple[Feed, ...]:
    """Where this device can take paper from, by its own words."""
    source = options.get("source")
    if source is None:
        return (Feed.FLATBED,)
    return tuple(feed for feed in Feed if _source_word(source, feed) or (
        feed is Feed.DUPLEX and _source_word(source, Feed.FEEDER) and _duplex_switch(options)))


def has_colour(options: dict[str, Option]) -> bool:
    """Whether it offers colour; a device without a choice of modes is taken to."""
    mode = options.get("mode")
    return mode is None or bool(_mode_word(mode, is_colour=True))


def plan(options: dict[str, Option], settings: ScanSettings) -> Plan:
    """The arguments for `settings`. Raises `REFUSED` (detail: "flatbed", "feeder", "duplex") where the device
    has no such way.

    A device that names no source has one way in and nobody knows which: one page is taken from it, or as many as
    `most_pages` asks, because a flatbed in a batch without a number would scan for ever.
    """
    arguments = _source_arguments(options, settings.feed)
    if (mode := options.get("mode")) and mode.is_active and (word := _mode_word(mode, settings.is_colour)):
        arguments += [f"--mode={word}"]
    if (depth := options.get("depth")) and depth.is_active and "8" in _bare(depth) and depth.now != "8":
        arguments += ["--depth=8"]
    dpi = settings.dpi
    if (resolution := options.get("resolution")) and resolution.is_active:
        dpi = _nearest(resolution, settings.dpi)
        arguments += [f"--resolution={dpi}"]
    for name, wanted in _LENGTHS:
        if (length := options.get(name)) and length.is_active and length.high > 0:
            value = f"{min(wanted, length.high):g}"
            arguments += [f"--{name}={value}"] if len(name) > 1 else [f"-{name}", value]
    has_one_way = "source" not in options
    is_single = settings.feed is Feed.FLATBED or (has_one_way and not settings.most_pages)
    return Plan(tuple(arguments), dpi, 1 if is_single else settings.most_pages)


def _source_arguments(options: dict[str, Option], feed: Feed) -> list[str]:
    source = options.get("source")
    if source is None:
        if feed is Feed.DUPLEX and not _duplex_switch(options):
            raise trouble_error(ScanTrouble.REFUSED, detail=feed.value)
        return _duplex_switch(options) if feed is Feed.DUPLEX else []
    if word := _source_word(source, feed):
        return [f"--source={word}"]
    if feed is Feed.DUPLEX and (word := _source_word(source, Feed.FEEDER)) and (switch := _duplex_switch(options)):
        return [f"--source={word}", *switch]
    raise trouble_error(ScanTrouble.REFUSED, detail=feed.value)


def _source_word(source: Option, feed: Feed) -> str:
    def is_it(word: str) -> bool:
        is_feeder = bool(_FEEDER.search(word)) or bool(_DUPLEX.search(word))
        match feed:
            case Feed.FLATBED:
                return bool(_FLATBED.search(word)) and not is_feeder
            case Feed.FEEDER:
                return is_feeder and not _DUPLEX.search(word) and not _BACK_ONLY.search(word)
            case Feed.DUPLEX:
                return bool(_DUPLEX.search(word))

    return _first(source.words, is_it)


def _duplex_switch(options: dict[str, Option]) -> list[str]:
    """Two sides as an option of its own: `--adf-mode=Duplex` (epson2), `--duplex=yes` (epsonds, kvs)."""
    mode, switch = options.get("adf-mode"), options.get("duplex")
    if mode and (word := _first(mode.words, lambda each: bool(_DUPLEX.search(each)))):
        return [f"--adf-mode={word}"]
    return ["--duplex=yes"] if switch and "yes" in switch.words else []


def _mode_word(mode: Option, is_colour: bool) -> str:
    wanted = _COLOUR if is_colour else _GREY
    return _first(mode.words, lambda word: bool(wanted.search(word)) and not _LINES.search(word))


def _nearest(resolution: Option, wanted: int) -> int:
    """The device's lowest resolution that is not below `wanted`, else its highest."""
    if resolution.high:
        return round(min(max(wanted, resolution.low), resolution.high))
    steps = sorted(int(step) for step in _bare(resolution) if step.isdigit())
    return next((step for step in steps if step >= wanted), steps[-1] if steps else wanted)


def _bare(option: Option) -> list[str]:
    """The words without a unit: "300dpi" is 300."""
    return [re.sub(r"(?<=\d)[a-z%]+$", "", word) for word in option.words]


def _first(words: Sequence[str], is_it: Callable[[str], bool]) -> str:
    return next((word for word in words if is_it(word)), "")
