"""`python -m tests.ui.support_numbers`: gives every new error the next number of `resources/support-codes.csv`."""

from __future__ import annotations

import sys

from sync.contract.support_numbers import NUMBERS, read_numbers
from ui.messages import VALUES, read_words


def without_number() -> list[str]:
    """Codes that have words and no number yet."""
    known = read_numbers()
    return sorted(code for code in read_words() if code != VALUES and code not in known)


def main() -> int:
    missing, next_number = without_number(), max(read_numbers().values()) + 1
    with NUMBERS.open("a", encoding="utf-8", newline="") as file:
        file.writelines(f"{number},{code}\n" for number, code in enumerate(missing, next_number))
    sys.stdout.write(f"{len(missing)} new\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
