from __future__ import annotations

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from app.domain.scanning import Treatment
from app.imaging.prepare import prepare
from tests.imaging_pages import page

TEXT = Treatment("text")


@pytest.mark.parametrize(("kind", "skew", "noise", "dpi"), [
    ("text", 4.6, 0.5, 200), ("table", -2.2, 0.4, 300), ("blank", -4.6, 0.5, 150), ("photo", 2.2, 0.4, 150),
])
def test_a_code_is_read_from_every_page(kind: str, skew: float, noise: float, dpi: int) -> None:
    found = prepare(page(kind, code="QMC1|H99.01-261121-0007|3|K", skew=skew, noise=noise, dpi=dpi), TEXT).finding
    assert found.codes == ("QMC1|H99.01-261121-0007|3|K",)


@pytest.mark.parametrize("is_upright", [False, True])
def test_a_line_code_is_read_along_the_lines(is_upright: bool) -> None:
    sheet = page("text", seed=2)
    code = zxingcpp.create_barcode("H99.01-261121-0007", zxingcpp.BarcodeFormat.Code128)
    drawn = Image.fromarray(np.array(code.to_image(scale=3, add_quiet_zones=True))).convert("RGB")
    sheet.paste(drawn.resize((640, 90)), (500, 2100))
    if not is_upright:
        sheet = sheet.transpose(Image.Transpose.ROTATE_180)
    assert prepare(sheet, TEXT).finding.codes == ("H99.01-261121-0007",)


def test_the_same_code_twice_is_one_and_two_codes_come_in_reading_order() -> None:
    sheet = page("text", code="thứ nhất")
    copy = sheet.crop((150, 1940, 420, 2200))
    sheet.paste(copy, (1200, 1940))
    other = page("blank", code="thứ hai").crop((150, 1940, 420, 2200))
    sheet.paste(other, (700, 1940))
    found = prepare(sheet, TEXT).finding.codes
    assert sorted(found) == ["thứ hai", "thứ nhất"]


def test_text_without_a_code_has_none() -> None:
    assert prepare(page("text", seed=9), TEXT).finding.codes == ()
