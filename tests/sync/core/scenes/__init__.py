"""Histories by hand: what random ones meet once in ten thousand, met each time. `SCENES`: every one of them."""
