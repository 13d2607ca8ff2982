"""A real browser (QtWebEngine's Chromium) on the operator's page, driven by keys, in a process of its own.

    python -m tests.sync.gateway.operator.browser URL TOKEN [--pictures DIR] PATH...

Goes in with the token, walks the paths by the keyboard and prints what each page measured as one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")      # a test run may be root's
os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu --disable-features=VizDisplayCompositor")

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt, QTimer, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile, QWebEngineSettings
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication

_PATIENCE = 30_000

FOCUSED = "[...document.querySelectorAll('*')].indexOf(document.activeElement)"

MEASURE = """
(() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const shade = ([r, g, b]) => [r, g, b].map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }).reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const [r, g, b, a = 1] = parse(getComputedStyle(each).backgroundColor);
      if (a > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const faint = [], small = [], unnamed = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const box = element.getBoundingClientRect();
    if (own && box.width && box.right > 0) {
      const [ink, paper] = [shade(parse(getComputedStyle(element).color)), shade(behind(element))];
      const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
      if (contrast < 4.5) faint.push([element.textContent.trim().slice(0, 40), contrast.toFixed(2)]);
    }
  }
  for (const button of document.querySelectorAll("button, header nav a")) {
    if (button.getBoundingClientRect().height < 36) small.push(button.textContent);
  }
  for (const input of document.querySelectorAll("input:not([type=hidden])")) {
    if (!input.labels.length) unnamed.push(input.name);
  }
  for (const table of document.querySelectorAll("table")) {
    if (!table.caption || !table.querySelector("th[scope=col]")) unnamed.push("table");
  }
  return JSON.stringify({
    title: document.title, heading: document.querySelectorAll("h1").length,
    language: document.documentElement.lang, text: document.body.innerText,
    faint, small, unnamed, width: document.documentElement.scrollWidth,
    styled: getComputedStyle(document.querySelector("header")).backgroundColor, height: innerHeight,
    path: location.pathname, cookies: document.cookie,
  });
})()
"""


class Browser:
    """One window of 1366×768."""

    def __init__(self) -> None:
        self.application = QApplication.instance() or QApplication(sys.argv[:1])
        self.profile = QWebEngineProfile()
        self.view = QWebEngineView()
        self.view.setPage(QWebEnginePage(self.profile, self.profile))
        self.view.settings().setAttribute(QWebEngineSettings.WebAttribute.FocusOnNavigationEnabled, True)
        self.view.resize(1366, 768)
        self.view.show()

    def wait_for_page(self, act: Any) -> None:
        """Do something that loads a page, and wait for it. Raises TimeoutError."""
        loop = QEventLoop()
        loaded: list[bool] = []

        def on_loaded(good: bool) -> None:
            loaded.append(good)
            loop.quit()

        self.view.loadFinished.connect(on_loaded)
        QTimer.singleShot(_PATIENCE, loop.quit)
        act()
        if not loaded:
            loop.exec()
        self.view.loadFinished.disconnect(on_loaded)
        if not loaded:
            raise TimeoutError

    def open(self, url: str) -> None:
        self.wait_for_page(lambda: self.view.load(QUrl(url)))

    def ask(self, script: str) -> Any:
        """The value of a script of ours; the page's policy lets none of its own run."""
        loop = QEventLoop()
        found: list[Any] = []

        def on_answer(value: Any) -> None:
            found.append(value)
            loop.quit()

        QTimer.singleShot(_PATIENCE, loop.quit)
        self.view.page().runJavaScript(script, 0, on_answer)
        if not found:
            loop.exec()
        return found[0]

    def type(self, text: str) -> None:
        QTest.keyClicks(self.view.focusProxy(), text)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view.focusProxy(), key)

    def tab_to(self, name: str) -> None:
        """Press Tab until the link or button of that name has the focus. Raises LookupError."""
        at = self.ask(FOCUSED)
        for _ in range(60):
            at = self._tab_from(at, name)
            if self.ask("document.activeElement.textContent.trim()") == name:
                return
        raise LookupError(name)

    def _tab_from(self, at: int, name: str) -> int:
        """The next stop. A key reaches the page a moment later, or never where that was still being laid out."""
        deadline = QDeadlineTimer(_PATIENCE)
        while not deadline.hasExpired():
            self.press(Qt.Key.Key_Tab)
            soon = QDeadlineTimer(_PATIENCE // 10)
            while not soon.hasExpired():
                moved: int = self.ask(FOCUSED)
                if moved != at:
                    return moved
        raise TimeoutError(name)

    def measure(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.ask(MEASURE))
        return found

    def picture(self, path: Path) -> None:
        """What a person sees, once it has been painted; for eyes, not for tests."""
        loop = QEventLoop()
        QTimer.singleShot(400, loop.quit)
        loop.exec()
        self.view.grab().save(str(path))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("token")
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--pictures", type=Path)
    said = parser.parse_intermixed_args()
    browser = Browser()
    seen: dict[str, Any] = {}

    def look(name: str) -> None:
        seen[name] = browser.measure()
        if said.pictures:
            browser.picture(said.pictures / f"{name.strip('/').replace('/', '-') or 'overview'}.png")

    browser.open(said.url)
    look("entrance")
    browser.type(said.token)
    browser.wait_for_page(lambda: browser.press(Qt.Key.Key_Return))
    look("/")
    browser.tab_to("Rẽ nhánh")
    browser.wait_for_page(lambda: browser.press(Qt.Key.Key_Return))
    look("by the keyboard")
    for path in said.paths:
        browser.open(said.url + path)
        look(path)
    sys.stdout.write(json.dumps(seen, ensure_ascii=False))


if __name__ == "__main__":
    main()
