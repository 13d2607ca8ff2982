"""What turns the checkout into something a post office can install: `build_installer.py` runs this package.

    frozen     one folder with the program and all it needs, by PyInstaller (counter.spec, entry.py)
    system     which of the system's libraries it leans on, and so which Debian packages it depends on
    shipped    which locked packages are in it: the list of parts (CycloneDX) and their licences
    debian     the folder as a .deb
    windows    the folder as a per-user installer, by NSIS
"""
