"""What support needs to know of the line and the media, and the bundle that only the province can open."""
