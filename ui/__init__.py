"""The counter: windows, tables, keys. Each action it offers is one call downstairs.

    launch ─► command_line (JSON)            no Qt
           └► counter_window ─► main_window  frame: rail, top line, bottom line
                             ├► places       pages by place, lazily
                             ├► desk         what every page is given (`context`)
                             ├► scan_filter  keys of a scanner, before any field sees them
                             └► background   pool for print and PDF, the courier's process

Rules of the room: the frame is painted before SQLAlchemy is imported; no PDF, no network and no scan in the
GUI thread; widgets take values in and send signals out; a page shows what `changes` told it to read again.
Words are Vietnamese in the source and English in `resources/i18n`; papers of law never pass through `tr`.
"""
