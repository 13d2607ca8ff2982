"""What a clerk does with dossiers after reception: one act, one operation, one transaction."""
