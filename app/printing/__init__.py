"""Official papers as PDF: fonts, layout, one module per paper, and the reading back of each printed code.

The promise of this room: what it prints is exactly what its frozen input says (`app.domain.papers`); nothing is
looked up, nothing is cut, and no paper leaves whose barcode or QR square does not read back as what it must hold.

    ReceiptPaper --receipt----> PDF --decode_back--> printer port (app.devices)
    GuidanceSlip --guidance---> PDF
    CoverLabel   --cover_label> PDF

Every later paper of a dossier is one frozen value too (`app.domain.dossier_papers`), and `papers.render` finds its
module by the value's type. They share `opening` (head, codes, title), `subject_fields`, `signing` and `hand_out`
(copies, feet, codes read back). What the agency signs is never printed for a clerk to sign: the extension and the
stop are notices that name the agency's paper. The register is written page by page while its lines are read.

Papers of the way (`app.domain.route_papers`: lists, slips, minutes, labels) bear their own number, or the text of
a result or an original, instead of the dossier code: none of them passes for the receipt when two papers are
scanned at the return. Lists share `list_opening`, `list_table` and `list_closing`, labels `label_face`.

Reports are one value of typed cells (`app.domain.reports.table`): `report_table` prints any of them, page by page
while its rows are read, in the largest type that breaks no figure. Charts (`charts`, `chart_sheet`) are drawn
once, for the sheet and for the screen.

How a paper comes about: `forms` gives the words of the pinned form set (data under resources/forms), `paragraph`
breaks text into measured lines, `flow` and `table` put lines on pages, `sheet` writes pages as PDF. All copies of
a paper share one page content, so copy 2 cannot differ from copy 1 in anything but its own name.

Decisions
- reportlab's canvas, not platypus: eight times faster for the same page, and each page break is ours to judge.
- The words of the forms are Vietnamese law, not interface: they live in JSON beside the circular's number and
  never pass through translation.
- Both symbologies are always printed: Code 128 for the counters' laser pistols, QR because it survives skew.
"""
