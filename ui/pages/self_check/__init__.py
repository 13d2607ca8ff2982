"""Tự kiểm tra: every part of the machine in a line, tried beside the window; a page printed and scanned back."""
