"""One package per place of the rail. A page is given a desk and asks nobody else."""
