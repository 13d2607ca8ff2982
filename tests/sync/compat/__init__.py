"""Releases must understand each other: what a release said and heard is kept in bytes under `golden/`.

Before a release: `python -m tests.sync.compat.record tests/sync/compat/golden/<release>`. Sets are never changed.
"""
