"""PySide6 6.12.0 on Python 3.11 drops one reference to `True` at each emit and one to `None` at each call that
returns it, until the interpreter aborts (after some 580 emits or 6,300 calls). Whatever pair of versions is
installed must survive far more.
"""

from __future__ import annotations

import os
import subprocess
import sys

EMITS, CALLS = 5_000, 20_000

# In a process of its own: an abort would take the whole test run with it.
SCRIPT = """
import sys
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel

class Bell(QObject):
    rung = Signal()
    counted = Signal(int)
    switched = Signal(bool)

emits, calls = map(int, sys.argv[1:])
application = QApplication(["bell"])
heard = []
bell, label = Bell(), QLabel()
bell.rung.connect(lambda: heard.append(True))
bell.counted.connect(heard.append)
bell.switched.connect(heard.append)
for number in range(emits):
    bell.rung.emit()
    bell.counted.emit(number)
    bell.switched.emit(True)
answers = sum(label.setNum(number) is None for number in range(calls))
print(len(heard), answers)
"""


def test_thousands_of_signals_and_calls_leave_the_interpreter_alive() -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT, str(EMITS), str(CALLS)], capture_output=True, text=True,
                         env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, check=False, timeout=120)
    assert (run.returncode, run.stdout.split(), run.stderr) == (0, [str(3 * EMITS), str(CALLS)], "")
