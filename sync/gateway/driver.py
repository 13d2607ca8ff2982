"""What PostgreSQL's driver calls its complaints.

A counter's practice province is an SQLite file, and the counter's installer brings no driver: there the names
stand for complaints that nobody makes.
"""

from __future__ import annotations

try:
    from psycopg import IntegrityError, OperationalError
    from psycopg.errors import InsufficientPrivilege
except ImportError:                        # also where the driver is there and libpq is not

    class IntegrityError(Exception):       # type: ignore[no-redef]
        pass

    class OperationalError(Exception):     # type: ignore[no-redef]
        pass

    class InsufficientPrivilege(Exception):  # type: ignore[no-redef]
        pass

__all__ = ["InsufficientPrivilege", "IntegrityError", "OperationalError"]
