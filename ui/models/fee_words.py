"""Why is it this amount? A fee line as charged, told step by step in the window's language."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.fee_formula import Formula, PricedCount, work_out
from app.domain.fee_words import formula_words
from app.domain.intake import ChargedFee
from app.domain.money import format_money
from ui.delegates.dates import day_text
from ui.translations import tr


def working_lines(fee: ChargedFee) -> tuple[str, ...]:
    """One sentence a step, from the rule to the sum. Names of circulars and groups stay the catalogue's."""
    relief = relief_line(fee)
    return (*_rule(fee), *_counted(fee), *((relief,) if relief else ()), _sum(fee))


def _rule(fee: ChargedFee) -> Iterator[str]:
    basis = fee.basis or tr("danh mục không ghi căn cứ")
    since = tr(", từ {day}", day=day_text(fee.since)) if fee.since is not None else ""
    local = tr(" (mức của tỉnh)") if fee.is_local else ""
    if fee.formula is not None:
        yield tr("Cách tính{local}: {formula}. Căn cứ: {basis}{since}.", local=local,
                 formula=formula_words(fee.formula), basis=basis, since=since)
    elif fee.is_typed:
        said = tr("chưa rõ") if fee.gross is None else format_money(fee.gross)
        yield tr("Danh mục không có mức: {amount} do nhân viên gõ. Căn cứ: {basis}.", amount=said, basis=basis)
    elif fee.gross is not None:
        yield tr("Mức thu{local}: {amount}. Căn cứ: {basis}{since}.", local=local, amount=format_money(fee.gross),
                 basis=basis, since=since)
    elif fee.catalogue:
        yield tr("Danh mục chưa có mức. Căn cứ: {basis}{since}.", basis=basis, since=since)
    else:
        yield tr("Hồ sơ chỉ ghi số tiền, không ghi cách tính. Căn cứ: {basis}.", basis=basis)


def _counted(fee: ChargedFee) -> Iterator[str]:
    formula = fee.formula
    if formula is None:
        return
    if not fee.counts:
        yield tr("Chưa đếm số {unit}: chưa ra số tiền.", unit=formula.unit)
        return
    found = work_out(formula, fee.counts)
    for priced in found.counts:
        yield _priced(priced, formula)
    if found.base:
        yield tr("Cộng mức cố định {amount}.", amount=format_money(found.base))
    if found.is_capped:
        yield tr("Tất cả không quá {amount}.", amount=format_money(found.amount))
    elif fee.relief is not None and len(found.counts) + bool(found.base) > 1:
        yield tr("Cộng lại: {amount}.", amount=format_money(found.amount))


def _priced(priced: PricedCount, formula: Formula) -> str:
    """"5 trang: 2 × 2.000 đ + 3 × 1.000 đ = 7.000 đ; 3 bản: 21.000 đ."."""
    if formula.is_bracket:
        terms = [format_money(part.amount) for part in priced.parts]
    else:
        terms = [f"{part.last - part.first + 1} × {format_money(part.price)}" for part in priced.parts]
    before_cap = sum(part.amount for part in priced.parts)
    sum_words = f" = {format_money(before_cap)}" if terms and not formula.is_bracket else ""
    said = f"{priced.count.units} {formula.unit}: {' + '.join(terms) or format_money(0)}{sum_words}"
    if priced.is_capped:
        said += "; " + tr("mỗi {whole} không quá {amount}", whole=formula.whole or formula.unit,
                          amount=format_money(priced.each))
    if priced.count.wholes != 1:
        said += f"; {priced.count.wholes} {formula.whole}: {format_money(priced.amount)}"
    return said + "."


def relief_line(fee: ChargedFee) -> str:
    """What was taken off and why, "" where nothing was."""
    taken = fee.relief
    if taken is None:
        return ""
    off = format_money(taken.off or 0)
    if taken.percent == 100:
        said = tr("Miễn toàn bộ: {name}.", name=taken.name)
    elif taken.percent:
        said = tr("Giảm {percent} %: {name}, bớt {amount}.", percent=taken.percent, name=taken.name, amount=off)
    else:
        said = tr("Giảm: {name}, bớt {amount}.", name=taken.name, amount=off)
    return f"{said} {tr('Căn cứ: {basis}.', basis=taken.legal_basis)}" if taken.legal_basis else said


def _sum(fee: ChargedFee) -> str:
    if fee.amount is None:
        return tr("Phải thu: chưa rõ.")
    return tr("Phải thu: {amount}.", amount=format_money(fee.amount))
