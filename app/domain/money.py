"""Money at the counter: whole đồng, never fractions, shown the way people write it."""

from __future__ import annotations


def format_money(amount: int) -> str:
    """`amount` in đồng with dots between thousands.

    >>> format_money(1234567)
    '1.234.567 đ'

    Raises TypeError for anything but an integer: a fee that went through a float is already wrong.
    """
    if not isinstance(amount, int) or isinstance(amount, bool):
        raise TypeError("money is a whole number of đồng")
    return f"{amount:,}".replace(",", ".") + " đ"
