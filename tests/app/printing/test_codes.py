from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import EnvironmentFault
from app.printing.codes import LEAST_MODULE_MM, MM, bars, snap, square, whole_dots
from app.printing.decode_back import check_codes
from app.printing.formats import SETTINGS
from app.printing.receipt import render_checked_receipt
from app.printing.receipt_layout import lay_out_receipt
from tests.app.printing.samples import LONG_CODE, TYPICAL

CODES = [LONG_CODE, "H47.15-260921-0001", "000.00.118.H52-260921-0001", "G22.99.08-260921-896048"]


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("width_mm", [0.24, 0.33, 0.5])
def test_a_module_is_whole_dots_and_no_narrower_than_asked(width_mm: float, dpi: int) -> None:
    dots = whole_dots(width_mm, dpi) * dpi / 72
    assert dots == pytest.approx(round(dots))
    assert (round(dots) - 1) * 25.4 / dpi < width_mm <= dots * 25.4 / dpi + 1e-9


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("size", ["A5", "A4"])
def test_receipt_bars_are_wide_enough_and_stand_on_dots_with_quiet_around(size: str, code: str) -> None:
    layout = lay_out_receipt(TYPICAL if code == LONG_CODE else TYPICAL.__class__(
        **{name: getattr(TYPICAL, name) for name in TYPICAL.__slots__} | {"code": code}), size, None)
    (bar_x, _, tall, code_128), (qr_x, _, _, qr) = layout.pages[0].codes
    assert code_128.module / MM >= 0.33
    for edge in (bar_x, bar_x + code_128.width, qr_x, code_128.module, qr.module):
        assert edge * 300 / 72 == pytest.approx(round(edge * 300 / 72), abs=1e-6)
    assert bar_x >= 10 * code_128.module
    assert qr_x - (bar_x + code_128.width) >= 10 * code_128.module
    assert layout.sheet.width - (qr_x + qr.width) >= 4 * qr.module
    assert tall / MM >= 8
    nearest = min(abs(y - (layout.pages[0].codes[0][1] + tall / 2)) for _, y, *_ in layout.pages[0].texts)
    assert nearest > tall / 2


@pytest.mark.parametrize(("room_mm", "dots"), [(200, 3), (110, 2), (70, None)])
def test_narrow_room_takes_narrower_bars_and_then_none(room_mm: float, dots: int | None) -> None:
    found = bars(LONG_CODE, room_mm * MM, 203)
    assert (None if found is None else round(found.module * 203 / 72)) == dots
    if found is not None:
        assert found.width + 2 * found.quiet <= room_mm * MM
        assert found.module / MM >= LEAST_MODULE_MM


def test_black_spans_cover_what_the_encoder_said() -> None:
    found = bars(LONG_CODE, 500)
    assert found is not None
    assert found.spans[0] == (0, 2) and sum(found.spans[-1]) == found.modules
    qr = square(LONG_CODE, 0.5)
    finder = {(row, at) for row, start, count in qr.spans for at in range(start, start + count)}
    assert qr.modules == 25
    assert all((row, at) in finder for row in (0, 6) for at in range(7))
    assert (1, 1) not in finder and (7, 7) not in finder


def test_snapping_moves_left_by_less_than_a_dot() -> None:
    for at in (0.0, 10.01, 123.456):
        assert 0 <= at - snap(at) < 72 / 300


def test_settings_go_from_comfortable_to_dense() -> None:
    for settings in SETTINGS.values():
        assert [(setting.body, setting.gap) for setting in settings] == sorted(
            ((setting.body, setting.gap) for setting in settings), reverse=True)


def test_a_corrected_receipt_says_its_version_in_the_qr_only() -> None:
    corrected = replace(TYPICAL, version=2, correction="Ghi nhầm ngày sinh")
    pdf = render_checked_receipt(corrected)
    check_codes(pdf, LONG_CODE, qr_content=f"{LONG_CODE}/2")
    with pytest.raises(EnvironmentFault, match="barcode_unreadable"):
        check_codes(pdf, LONG_CODE)
