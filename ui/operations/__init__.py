"""One file per action of the clerk: call the service, tell her, publish what changed."""
