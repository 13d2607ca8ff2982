"""The bars of a test page: what a scanner must give back, and what it tells when it does not.

`QMC-THU-4821-AADDEEOOW-a6e7d9` holds what a scanner's keys are most often damaged in: doubled vowels and tone keys
(Telex), digits behind vowels (VNI), digits alone (the Vietnamese layout), capitals and small letters (Caps Lock),
and dashes (a keyboard of another country). The four digits differ from page to page, so yesterday's sheet in the
drawer is not taken for the one that has just come out.
"""

from __future__ import annotations

import re
from enum import StrEnum

from app.domain.input_method import METHODS, compose
from app.domain.text import fold

_CODE = re.compile(r"QMC-THU-([0-9]{4})-AADDEEOOW-a6e7d9")
_LEAST = 0.5


class CameBack(StrEnum):
    """What stands in `self_check_words` as `loop_…`."""

    WHOLE = "whole"
    TELEX = "telex"                    # an input method of that kind is on
    VNI = "vni"
    LAYOUT = "layout"                  # the Vietnamese keyboard layout of Windows
    CAPS = "caps"                      # Caps Lock, or the scanner set to swap or to force capitals
    OLDER = "older"                    # a test page, but not this one
    AROUND = "around"                  # whole, with signs before or behind that the scanner was told to send
    CUT = "cut"                        # a part of it
    REWRITTEN = "rewritten"            # an input method was at work; which one cannot be told
    OTHER = "other"                    # some other code


def loop_code(number: int) -> str:
    """The text of the bars; `number` 0…9999."""
    return f"QMC-THU-{number:04d}-AADDEEOOW-a6e7d9"


def is_loop_code(text: str) -> bool:
    """Whether this is a test page's, whole."""
    return _CODE.fullmatch(text) is not None


def came_back(sent: str, text: str, *, is_rewritten: bool = False) -> CameBack:
    """What `text`, as it reached us, says about the way from the page's bars to the program."""
    if text == sent:
        return CameBack.WHOLE
    if is_loop_code(text):
        return CameBack.OLDER
    for method in METHODS:
        if text == compose(sent, method):
            return CameBack(method)
    if text in (sent.swapcase(), sent.upper(), sent.lower()):
        return CameBack.CAPS
    if sent in text:
        return CameBack.AROUND
    if len(text) >= len(sent) * _LEAST and text in sent:
        return CameBack.CUT
    if is_rewritten or _looks_alike(sent, text):
        return CameBack.REWRITTEN
    return CameBack.OTHER


def _looks_alike(sent: str, text: str) -> bool:
    """Whether a Vietnamese input method could have made this of it: letters gone or given marks, order kept."""
    left = iter(fold(sent))
    shared = sum(1 for sign in fold(text) if sign in left)
    return text != fold(text) and shared >= len(sent) * _LEAST
