"""XML of a stranger: read without document types, entities or outside references, and only up to a limit.

Names are compared without their namespace: makers disagree about those, and about nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

MAX_XML = 1 << 20
"""1 MB; the longest capabilities seen in the wild have 40 kB."""
_MAX_DEPTH = 32
_MAX_ELEMENTS = 20_000


class BadXml(ValueError):
    """Not XML, or XML that no scanner has a reason to send."""


def read_xml(content: bytes) -> Element:
    """The root element. Raises BadXml for a document type, an entity, too deep, too long, or no XML."""
    if len(content) > MAX_XML:
        raise BadXml("too long")
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = elements = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > _MAX_DEPTH or elements > _MAX_ELEMENTS:
            raise BadXml("too deep or too many")
        builder.start(name.rpartition(" ")[2], attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(name.rpartition(" ")[2])

    def refused(*_: object) -> None:
        # Every entity needs a document type first: without one there is neither a bomb nor a reference outside.
        raise BadXml("document type")

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refused
    parser.EntityDeclHandler = refused
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise BadXml(expat.ErrorString(error.code)) from error
    except (LookupError, ValueError) as error:           # an encoding that Python does not know
        raise error if isinstance(error, BadXml) else BadXml(type(error).__name__) from error
    return builder.close()


def texts(element: Element, name: str) -> Iterator[str]:
    """The non-empty texts of all descendants called `name`, in order."""
    for found in element.iter(name):
        text = (found.text or "").strip()
        if text:
            yield text


def text(element: Element, name: str) -> str:
    """The first of `texts`, or ""."""
    return next(texts(element, name), "")


def number(element: Element, name: str, otherwise: int) -> int:
    """The first of `texts` as a whole number between 0 and a million; `otherwise` when it is none."""
    said = text(element, name)
    return min(int(said), 1_000_000) if said.isascii() and said.isdigit() and len(said) < 12 else otherwise
