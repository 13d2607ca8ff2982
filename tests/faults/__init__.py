"""Long runs that break things on purpose; each is a command that prints its figures and exits 1 on a violation.

    python -m tests.faults.kill_intake      kill -9 at random instants of reception
    python -m tests.faults.fuzz_cards       damaged card texts
"""
