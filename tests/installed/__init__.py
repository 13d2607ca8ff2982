"""The installer tried as a stranger's machine would: a clean root, the package, the program played from outside.

    python -m tests.installed DEB [--former OLDER.deb] [--base ROOT.tar] [--unsent 20]

    root      makes the root (mmdebstrap, as root) and runs commands in it
    province  the real gateway, outside of it, on loopback
    hands/    runs inside with the system's own Python: xdotool types, AT-SPI reads
    ways      which keys lead to the sheets that are looked at

It walks through install, self-test, first window, main job, upgrade, every place and sheet as a screen reader
finds them, start times, remove and purge. Slow; not part of the default suite.
"""
