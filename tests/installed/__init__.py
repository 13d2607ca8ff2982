"""The installer tried as a stranger's machine would: a clean root, the package, the program played from outside.

    python -m tests.installed DEB [--former OLDER.deb] [--base ROOT.tar] [--unsent 20]

`trial` makes the root (mmdebstrap, as root) and walks through install, self-test, first window, main job, upgrade,
remove and purge. `hands` runs inside it with the system's own Python: xdotool types, AT-SPI reads; nothing of the
project is imported there. `gateway` is the province, outside, on loopback. Slow; not part of the default suite.
"""
