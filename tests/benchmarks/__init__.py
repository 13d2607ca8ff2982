"""Speed as ratios, each beside its limit or peer of the same run on the same machine.

    python -m tests.benchmarks [--only store,search,receipt,window,push] [--dossiers 1144056]

Each module offers `rows(...)`; nothing here is asserted in the tests, because seconds belong to a machine and
ratios to a run. Goals: S1–S11 of the project's speed table, repeated in each row.
"""
