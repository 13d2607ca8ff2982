"""Work beside the window: a pool for what takes longer than a hand may wait, a child process for the courier."""
