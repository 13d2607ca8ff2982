"""The front door: `python -m app` opens the window, `python -m app COMMAND …` answers on the command line."""

from __future__ import annotations

import sys

from ui.launch import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
