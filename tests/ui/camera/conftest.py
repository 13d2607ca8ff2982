"""One light table for the tests that keep pages."""

from __future__ import annotations

from tests.ui.digitise.conftest import table

__all__ = ["table"]
