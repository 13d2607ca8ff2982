"""What a network scanner says it can do (ScannerCapabilities)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.devices.scanning.escl.elements import BadXml, number, read_xml, text, texts
from app.domain.scanning import Feed

LONGEST_NAME = 80
_INPUTS = (
    (Feed.FLATBED, "PlatenInputCaps"), (Feed.FEEDER, "AdfSimplexInputCaps"), (Feed.DUPLEX, "AdfDuplexInputCaps"),
)
_USUAL_RESOLUTIONS = (100, 150, 200, 300, 400, 600, 1200)


@dataclass(frozen=True, slots=True)
class InputCaps:
    """One way for the paper. Sizes in 1/300 inch, 0 when not said; resolutions in dpi, ascending."""

    colours: frozenset[str]        # "RGB24", "Grayscale8", "BlackAndWhite1" …
    formats: frozenset[str]        # mime types
    says_format_twice: bool        # it knows DocumentFormatExt, which newer ones read instead of DocumentFormat
    resolutions: tuple[int, ...]
    max_width: int
    max_height: int

    def resolution(self, wanted: int) -> int:
        """The smallest it has that is not below `wanted`, else its largest; `wanted` when it lists none."""
        enough = [one for one in self.resolutions if one >= wanted]
        return enough[0] if enough else self.resolutions[-1] if self.resolutions else wanted


@dataclass(frozen=True, slots=True)
class Capabilities:
    """A scanner as it describes itself. `inputs` is empty for a printer that cannot scan."""

    name: str
    uuid: str
    inputs: Mapping[Feed, InputCaps]
    detects_paper: bool            # its word that the feeder is empty can be relied on

    @property
    def is_colour(self) -> bool:
        return any("RGB24" in one.colours for one in self.inputs.values())


def read_capabilities(content: bytes) -> Capabilities:
    """Raises BadXml for anything but ScannerCapabilities."""
    root = read_xml(content)
    if root.tag != "ScannerCapabilities":
        raise BadXml("not ScannerCapabilities")
    options = {option.casefold() for option in texts(root, "AdfOption")}
    inputs = {
        feed: _input_caps(found, root)
        for feed, tag in _INPUTS
        if (found := next(root.iter(tag), None)) is not None
    }
    if Feed.FEEDER in inputs and Feed.DUPLEX not in inputs and "duplex" in options:
        inputs[Feed.DUPLEX] = inputs[Feed.FEEDER]
    return Capabilities(
        shown_name(text(root, "MakeAndModel")), text(root, "UUID").casefold()[:64], inputs,
        "detectpaperloaded" in options,
    )


def shown_name(said: str) -> str:
    """A name from the line, fit to be shown: NFC, one line, no control or direction marks, at most 80 letters."""
    plain = "".join(
        letter if unicodedata.category(letter)[0] not in "CZ" else " " if letter.isspace() else ""
        for letter in unicodedata.normalize("NFC", said)
    )
    return " ".join(plain.split())[:LONGEST_NAME].strip()


def _input_caps(found: Element, root: Element) -> InputCaps:
    # Some describe the profiles once, above, and only point at them from here.
    described = found if text(found, "ColorMode") else root
    formats = {one.casefold() for one in texts(described, "DocumentFormat")}
    newer = {one.casefold() for one in texts(described, "DocumentFormatExt")}
    return InputCaps(
        frozenset(texts(described, "ColorMode")), frozenset(formats | newer), bool(newer), _resolutions(described),
        number(found, "MaxWidth", 0), number(found, "MaxHeight", 0),
    )


def _resolutions(described: Element) -> tuple[int, ...]:
    exact = {number(one, "XResolution", 0) for one in described.iter("DiscreteResolution")} - {0}
    for span in described.iter("XResolutionRange"):
        low, high = number(span, "Min", 0), number(span, "Max", 0)
        exact |= {one for one in _USUAL_RESOLUTIONS if low <= one <= high}
    return tuple(sorted(exact))
