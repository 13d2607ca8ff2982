"""An amount of money in Vietnamese words, as biên lai and phiếu thu demand beside the figures ("viết bằng chữ").

Source: the wording of the forms under Thông tư 303/2016/TT-BTC and Nghị định 123/2020/NĐ-CP, and the reading of
numbers taught in primary school (Toán 2–4): mốt, tư and lăm after mươi, lăm after mười, linh before a lone unit,
không trăm for a missing hundred once something higher has been said. Tư after linh is heard too; bốn is written.
"""

from __future__ import annotations

MOST = 999_999_999_999_999

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
_SCALES = ((1_000_000, "triệu"), (1_000, "nghìn"), (1, ""))
_BILLION = 1_000_000_000


def amount_words(amount: int, *, linh: bool = True) -> str:
    """`amount` of whole đồng as a sentence begins; `linh` False says lẻ, as in the South.

    >>> amount_words(1234567)
    'Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng'

    Raises TypeError for anything but an integer, ValueError below 0 and above 999.999.999.999.999.
    """
    if not isinstance(amount, int) or isinstance(amount, bool):
        raise TypeError("money is a whole number of đồng")
    if not 0 <= amount <= MOST:
        raise ValueError("no words for this amount")
    said = " ".join([*_number(amount, "linh" if linh else "lẻ"), "đồng"])
    return said[0].upper() + said[1:]


def _number(number: int, lone: str) -> list[str]:
    if number == 0:
        return [_DIGITS[0]]
    billions, rest = divmod(number, _BILLION)
    words = [*_below_billion(billions, lone, is_first=True), "tỷ"] if billions else []
    return words + _below_billion(rest, lone, is_first=not billions)


def _below_billion(number: int, lone: str, *, is_first: bool) -> list[str]:
    """Groups of three from the highest; one that is zero is not said at all. Zero gives no words."""
    words: list[str] = []
    for scale, name in _SCALES:
        group, number = divmod(number, scale)
        if group:
            words += _group(group, lone, is_first=is_first and not words)
            words += [name] if name else []
    return words


def _group(group: int, lone: str, *, is_first: bool) -> list[str]:
    """1 to 999; with something said before it a missing hundred is said, or the place of what follows is lost."""
    hundreds, below = divmod(group, 100)
    tens, units = divmod(below, 10)
    words = [] if is_first and not hundreds else [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        return words + ([lone] if words and units else []) + ([_DIGITS[units]] if units else [])
    if tens == 1:
        return [*words, "mười", *([_AFTER_TENS[5] if units == 5 else _DIGITS[units]] if units else [])]
    return [*words, _DIGITS[tens], "mươi", *([_AFTER_TENS.get(units, _DIGITS[units])] if units else [])]
