"""The page in a real browser, at the size of an office's screen, by the keyboard alone."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.operator.test_clerks import staffed
from tests.sync.gateway.operator.test_page import PLACES, forked


def test_a_person_with_a_keyboard_reads_every_page(gateway: InProcess, page_url: str, token: str) -> None:
    counter, _, _ = forked(gateway)
    staffed(gateway)
    fork = f"/forks/{counter.device}/1"
    done = subprocess.run(
        [sys.executable, "-m", "tests.sync.gateway.operator.browser", page_url, token, *PLACES[1:], fork],
        capture_output=True, text=True, timeout=120, check=False, stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["entrance"]["title"].startswith("Vào trang điều hành")
    assert seen["/"]["title"].startswith("Tổng quan") and seen["by the keyboard"]["path"] == "/forks"
    assert "nhánh chính" in seen[fork]["text"] and "giữ riêng" in seen[fork]["text"]
    clerks = seen["/clerks"]["text"]
    assert "Trưởng ca" in clerks and "Đã thôi từ" in clerks and "Chưa có mã cá nhân" in clerks
    for name, page in seen.items():
        wrong = {what: page[what] for what in ("faint", "small", "unnamed") if page[what]}
        assert not wrong, (name, wrong)
        assert page["heading"] == 1 and page["language"] == "vi" and page["width"] <= 1366, name
        assert page["styled"] == "rgb(20, 50, 79)", name       # the style sheet came through the page's policy
        assert page["cookies"] == "", name                     # no script could read the token
