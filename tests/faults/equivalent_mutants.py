"""Mutants that no test can find out, each with the reason: what they leave out is said again elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

EQUIVALENT: Mapping[str, str] = {}
"""Name of the mutant → why it changes nothing."""
