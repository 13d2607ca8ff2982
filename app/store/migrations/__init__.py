"""Steps that bring an older book to this version; each is one transaction, after a backup."""
