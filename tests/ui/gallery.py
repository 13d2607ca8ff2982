"""Every widget once, with the values of the design's pictures: what the screenshots show and eyes judge."""
