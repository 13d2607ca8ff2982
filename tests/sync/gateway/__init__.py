"""The province's end, on PostgreSQL and SQLite alike."""
