"""An error that nobody foresaw tells the session's log no citizen: which kind and where, not its words."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app.own_program import helper_environment

DOOR = "from ui.launch import main\ntry: main(['no-such-word'])\nexcept SystemExit: pass\nNAME = 'Khướuquạ Đen'\n"
FAILING = {
    "nobody catches it": "raise KeyError(NAME)",
    "in a thread": "import threading\ndef work(): raise KeyError(NAME)\n"
                   "one = threading.Thread(target=work)\none.start()\none.join()",
    "while something goes": "class Held:\n    def __del__(self): raise KeyError(NAME)\nHeld()",
    "logged": "import logging\ntry: {}[NAME]\nexcept KeyError as error:\n"
              "    logging.getLogger('ui.x').error('work failed for %s', NAME, exc_info=error)",
    "in a slot": "from PySide6.QtCore import QObject, Signal\nclass A(QObject):\n    told = Signal()\n"
                 "def take(): raise KeyError(NAME)\na = A()\na.told.connect(take)\na.told.emit()",
}


@pytest.mark.parametrize("how", FAILING)
def test_no_words_of_an_error_are_written_down(how: str) -> None:
    done = subprocess.run([sys.executable, "-c", DOOR + FAILING[how]], capture_output=True, check=False,
                          env=helper_environment())
    said = done.stderr.decode().partition("invalid choice")[2]
    assert "KeyError" in said and "__main__:" in said
    assert "Khướuquạ" not in said and "NAME" not in said
