"""`python -m sync.gateway`: serve, or operate with a command of `admin.py`."""

from __future__ import annotations

import sys

from sync.gateway import admin, serve

if __name__ == "__main__":
    arguments = sys.argv[1:]
    sys.exit(admin.main(arguments) if arguments and arguments[0] in admin.COMMANDS else serve.main(arguments))
