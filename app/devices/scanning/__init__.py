"""Where pages come from: flatbeds, feeders, network scanners, watched folders, behind one port.

Each source runs in a child process of its own (`app.devices.scanning.child`), because drivers hang and die.
A page leaves the child through a pipe the moment it is whole; nothing of it is written in clear to a disk.
"""
