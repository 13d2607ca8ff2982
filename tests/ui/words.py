"""`python -m tests.ui.words`: what the English catalogue lacks, and what no code asks for any more."""

from __future__ import annotations

import sys

from tests.ui.test_translations import sources
from ui.translations import ENGLISH, read_catalogue


def main() -> int:
    asked, known = dict(sources()), read_catalogue(ENGLISH)
    lines = [f"missing  {where}  {source!r}" for source, where in asked.items() if source not in known]
    lines += [f"unused   {source!r}" for source in known if source not in asked]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
