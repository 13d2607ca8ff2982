"""The light table: what a scanned page looks like, made straight, clean and small; foreign files opened safely.

Plain functions over pictures (`numpy`, Pillow) and PDFs (pypdfium2, pikepdf, img2pdf). They run in a helper
process (`app.imaging.child`) with limits on memory, time and pixels, because every byte that a scanner, a
phone or a citizen's USB stick hands over may be hostile; the window and the book only see what comes back.
Nothing here touches the disk: bytes in, bytes and findings out.
"""
