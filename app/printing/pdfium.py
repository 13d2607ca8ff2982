"""pdfium keeps state of its own and is not safe across threads: whoever uses it holds this lock.

The one module-level object with state in this program; it guards state that is just as global.
"""

from __future__ import annotations

import threading

PDFIUM = threading.Lock()
