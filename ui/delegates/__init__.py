"""How a cell is painted: codes, numbers, chips, near dates."""
