"""Let coverage choose the bytes for one reader: `python -m tests.faults.guided_sync NAME [SECONDS]`.

Needs atheris, which is no requirement of ours. NAME is one of those that `python -m tests.faults.fuzz_sync` lists.
"""

from __future__ import annotations

import sys


def main(name: str, seconds: int) -> None:
    """Ends with the process: with an error and the bytes when a reader falls over."""
    import atheris

    with atheris.instrument_imports(include=["sync.contract", "sync.gateway.reading", "app.domain.operation"]):
        from tests.faults.sync_readers import targets
    target = targets()[name]

    def once(raw: bytes) -> None:
        try:
            target.read(raw)
        except target.says_no:
            return

    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-max_len=20000"], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 60)
