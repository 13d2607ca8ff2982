"""From a decoded scan to the page that goes into the PDF: the order of the light table's stages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.domain.scanning import Colour, Finding, Treatment
from app.imaging.encode import encode
from app.imaging.thumbnail import thumbnail_of

Picture = Image.Image | NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Prepared:
    """One page ready for the PDF. `content` is of `mime` (JPEG, PNG or Group-4 TIFF) and carries its dpi;
    `thumbnail` is a JPEG of at most 240 pixels on the longer side."""

    content: bytes
    mime: str
    finding: Finding
    thumbnail: bytes


def prepare(picture: Picture, treatment: Treatment) -> Prepared:
    """The page made upright, straight, clean and small, at its true size; what was seen on it is in the finding.

    `picture` is already inside the limits on pixels (`app.imaging.opening`). Never refuses: what cannot be done
    safely is left as it is and named in `finding.doubts`.
    """
    page = upright_picture(picture)
    coded = encode(page, treatment, Colour.COLOUR if page.mode == "RGB" else Colour.GREY, treatment.dpi)
    finding = Finding(page.width, page.height, treatment.dpi, is_over_budget=coded.is_over_budget)
    return Prepared(coded.content, coded.mime, finding, thumbnail_of(page))


def upright_picture(picture: Picture) -> Image.Image:
    """`picture` as grey or RGB pixels."""
    image: Any = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    converted: Image.Image = image if image.mode in ("L", "RGB") else image.convert("RGB")
    return converted
