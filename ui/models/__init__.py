"""Qt models as thin adapters over frozen rows, and the small Qt-free readings the pages show."""
