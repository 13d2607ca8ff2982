"""Ports to the things on the desk, as Protocols, and one adapter per file.

`printer` is the port, `cups_printer` and `pdf_folder_printer` its adapters here (Qt's own lives in `ui`);
`wedge` tells a scanner's burst of keys from a person's typing and knows no toolkit.
"""
