"""What every page has around it: title, places, who is in, and the form that lets one in or out."""

from __future__ import annotations

from dataclasses import dataclass

from sync.gateway.operator.markup import Content, Html, join, link, tag

PLACES: tuple[tuple[str, str], ...] = (
    ("/", "Tổng quan"), ("/counters", "Quầy"), ("/forks", "Rẽ nhánh"), ("/waiting", "Cách ly"),
    ("/files", "Tệp thiếu"), ("/slots", "Khe số"), ("/nation", "Quốc gia"),
    ("/clerks", "Nhân viên"), ("/acts", "Nhật ký"),
)
KEY_FIELD = "form_key"


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks at the page, and what its forms carry."""

    operator: str
    form_key: str


def page(title: str, here: str, visit: Visit | None, *content: Content) -> bytes:
    """A whole document."""
    nav = tag("nav", (
        tag("a", name, href=where, aria_current="page" if where == here else None) for where, name in PLACES
    ), aria_label="Các trang") if visit else None
    out = tag("form", hidden(visit), tag("span", visit.operator), tag("button", "Ra", type="submit"),
              method="post", action="/leave") if visit else None
    body = tag(
        "body",
        link_past(), tag("header", tag("strong", "Quầy Một Cửa · Tỉnh"), nav, out),
        tag("main", tag("h1", title), *content, id="content"),
    )
    head = tag("head", tag("meta", charset="utf-8"), tag("title", f"{title} · Quầy Một Cửa"),
               tag("meta", name="viewport", content="width=device-width"),
               tag("link", rel="stylesheet", href="/style.css"))
    return ("<!doctype html>" + tag("html", head, body, lang="vi").text).encode()


def link_past() -> Html:
    return tag("a", "Tới nội dung", href="#content", class_="skip")


def hidden(visit: Visit) -> Html:
    return tag("input", type="hidden", name=KEY_FIELD, value=visit.form_key)


def mark(tone: str, *content: Content) -> Html:
    """A word with a colour behind it; the word says it all."""
    return tag("span", *content, class_=f"mark {tone}")


def number(text: str) -> Html:
    return tag("span", text, class_="number")


def banner(tone: str, *content: Content) -> Html:
    return tag("section", *content, class_=f"banner {tone}".strip(), role="status")


def entrance(failed: bool) -> bytes:
    """The page for whoever brings no token yet."""
    return page(
        "Vào trang điều hành", "", None,
        banner("bad", tag("p", "Khoá này không mở được trang. Hãy chép lại trọn khoá, hoặc xin khoá mới."))
        if failed else None,
        tag("p", "Dán khoá của bạn. Người quản trị cấp khoá bằng lệnh ",
            tag("code", "python -m sync.gateway operator-token"), "."),
        tag("form",
            tag("label", "Khoá", tag("input", type="password", name="token", required=True, autofocus=True,
                                     autocomplete="current-password")),
            tag("button", "Vào", type="submit", class_="main"), method="post", action="/enter", class_="act"),
    )


def said(title: str, visit: Visit | None, sentence: str, code: str) -> bytes:
    """A page that says one thing."""
    return page(title, "", visit, banner("bad", tag("p", sentence), tag("p", f"Mã: {code}", class_="quiet")),
                tag("p", link("/", "Về tổng quan")) if visit else None)


def lines(pairs: Content) -> Html:
    return tag("dl", join(pairs))


def pair(term: str, *content: Content) -> tuple[Html, Html]:
    return tag("dt", term), tag("dd", *content)
