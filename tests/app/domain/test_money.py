import pytest

from app.domain.money import format_money


@pytest.mark.parametrize(("amount", "shown"), [
    (0, "0 đ"), (999, "999 đ"), (30000, "30.000 đ"), (1234567, "1.234.567 đ"), (-5000, "-5.000 đ"),
])
def test_money_is_shown_with_dots_between_thousands(amount: int, shown: str) -> None:
    assert format_money(amount) == shown


@pytest.mark.parametrize("amount", [1.5, 30000.0, True, "30000", None])
def test_only_whole_dong_are_money(amount: object) -> None:
    with pytest.raises(TypeError):
        format_money(amount)  # type: ignore[arg-type]
