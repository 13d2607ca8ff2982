"""Is there an amount whose words are heard as another amount?

    python -m tests.faults.amount_words [--amounts 1000000] [--seed 1]

Random amounts of every length, all amounts below 20,000, and amounts full of zeros, ones, fours and fives are said
and heard again by `tests.amount_reader`, which knows nothing of the writer.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator

from app.domain.amount_words import MOST, amount_words
from tests.amount_reader import read_amount


def amounts(count: int, seed: int) -> Iterator[int]:
    """`count` random amounts; every third has only digits whose words change with their place."""
    chance = random.Random(seed)
    for each in range(count):
        length = chance.randint(1, len(str(MOST)))
        if each % 3:
            yield chance.randrange(10 ** length)
        else:
            yield int("".join(chance.choice("00145") for _ in range(length)))


def misheard(count: int, seed: int) -> list[tuple[int, str]]:
    """Amounts that are not heard as they were said."""
    found = []
    for at, amount in enumerate([*range(20_000), *amounts(count, seed)]):
        words = amount_words(amount, linh=at % 2 == 0)
        try:
            heard = read_amount(words)
        except ValueError:
            heard = -1
        if heard != amount:
            found.append((amount, words))
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--amounts", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args()
    found = misheard(said.amounts, said.seed)
    print(f"{20_000 + said.amounts:,} amounts said and heard, {len(found)} wrong")
    for amount, words in found[:20]:
        print(f"  {amount}: {words}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
