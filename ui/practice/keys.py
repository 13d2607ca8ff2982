"""The keys of the practice room: they work on every page of it, beside the page's own."""

from __future__ import annotations

from ui.shortcuts import Key
from ui.translations import mark

CARD = Key("Ctrl+1", mark("Quét thẻ mẫu của người dân kế tiếp"))
CABLE = Key("Ctrl+2", mark("Rút dây mạng, hoặc cắm lại"))
PAPER = Key("Ctrl+3", mark("Xem giấy vừa in"))
GUIDE = Key("Ctrl+4", mark("Mở hoặc cất bài hướng dẫn"))

KEYS = (CARD, CABLE, PAPER, GUIDE)
