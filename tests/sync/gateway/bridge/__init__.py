"""The bridge to the national message."""
