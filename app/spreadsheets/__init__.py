"""Spreadsheets: reports written as XLSX, and a bank's statement read from XLSX or CSV.

The promise of this room: what is written has the type it shows (a date is a date, money is a number, a text never
becomes a formula), and what is read is bounded: a file from outside is either a list of rows of a known size or a
refusal by code, whatever its maker meant it to be.

    ReportTable --writing--> XLSX        XLSX, CSV --reading--> rows of typed cells

Decisions
- XlsxWriter with `constant_memory`: a row goes to the disk when the next one begins, so a hundred thousand rows
  need no more memory than ten (measured: 1 MB). The price: nothing above a row can be changed after it, so a name
  over two storeys of the head is two cells without a line between them.
- python-calamine for reading: it takes values alone (no formulas, no links, no macros are ever looked at). But it
  lays a sheet out as a full rectangle and believes what a package says of its sizes; so every part is unpacked,
  measured and packed again by us before it sees it (`xlsx_rows`, `sheet_reach`).
- Old XLS is refused: its reader cannot be bounded in the same way, and every program that writes it writes XLSX.
"""
