"""Vietnamese text: one Unicode form everywhere, and one folding for search on both sides.

SQLite's own `remove_diacritics` does not fold đ, so folding is done here, for what is stored and for
what is typed alike.
"""

from __future__ import annotations

import unicodedata


def nfc(text: str) -> str:
    """The same text with each accented letter as one code point (TCVN 6909:2001, Unicode NFC)."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """`text` without case and marks, đ as d, blanks collapsed: what search compares.

    >>> fold("  Nguyễn  Văn ĐỨNG ")
    'nguyen van dung'
    """
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.split())
