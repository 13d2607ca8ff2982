"""Why is it this amount? A fee line as charged, told step by step in the window's language."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.fee_formula import PricedCount, PricedUnits, work_out
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
        yield from _priced(priced, formula.unit, formula.whole, is_bracket=formula.is_bracket)
    if found.base:
        yield tr("Cộng mức cố định {amount}.", amount=format_money(found.base))
    if found.is_capped:
        yield tr("Tất cả không quá {amount}.", amount=format_money(found.amount))
    elif len(found.counts) + bool(found.base) > 1:
        yield tr("Cộng lại: {amount}.", amount=format_money(found.amount))


def _priced(priced: PricedCount, unit: str, whole: str, *, is_bracket: bool) -> Iterator[str]:
    for part in priced.parts:
        if is_bracket:
            yield tr("{n} {unit}: mức {amount}.", n=part.last, unit=unit, amount=format_money(part.amount))
        else:
            yield _units(part, unit[:1].upper() + unit[1:])
    if not priced.parts:
        yield tr("0 {unit}: không thu.", unit=unit)
    if priced.is_capped:
        yield tr("Mỗi {whole} không quá {amount}.", whole=whole or unit, amount=format_money(priced.each))
    if priced.count.wholes != 1:
        yield tr("{n} {whole} × {each} = {amount}.", n=priced.count.wholes, whole=whole,
                 each=format_money(priced.each), amount=format_money(priced.amount))


def _units(part: PricedUnits, unit: str) -> str:
    price, amount = format_money(part.price), format_money(part.amount)
    if part.first == part.last:
        return tr("{unit} thứ {first}: {amount}.", unit=unit, first=part.first, amount=amount)
    return tr("{unit} thứ {first} đến {last}: {n} × {price} = {amount}.", unit=unit, first=part.first,
              last=part.last, n=part.last - part.first + 1, price=price, amount=amount)


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
