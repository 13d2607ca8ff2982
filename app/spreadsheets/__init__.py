"""Spreadsheets: reports written as XLSX, and a bank's statement read from XLSX or CSV.

The promise of this room: what is written has the type it shows (a date is a date, money is a number, a text never
becomes a formula), and what is read is bounded: a file from outside is either a list of rows of a known size or a
refusal by code, whatever its maker meant it to be.

    ReportTable --writing--> XLSX        XLSX, CSV --reading--> rows of typed cells

Decisions
- XlsxWriter with `constant_memory`: a row goes to the disk when the next one begins, so a hundred thousand rows
  need no more memory than ten. openpyxl's write-only mode takes twice the time.
- python-calamine for reading: it takes values alone (no formulas, no links, no macros are ever looked at). Its
  container is measured before it sees it, because what is packed a thousandfold is unpacked in memory.
"""
