"""What the book can tell support: how each part of the machine stands, figures, heads. No word of a person."""
