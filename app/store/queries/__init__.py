"""What lists and counts ask: frozen rows, pages by key, counts with the same condition as their lists."""
