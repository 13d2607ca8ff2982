"""What a PDF says of itself, twice and in agreement: the document's properties and its XMP."""

from __future__ import annotations

import pikepdf

from app.domain.text import nfc
from app.imaging.prepared import DocumentAbout

_PRODUCER = "Quầy Một Cửa"


def stamp_words(made: pikepdf.Pdf, about: DocumentAbout) -> None:
    """Write title, author, dates and subject, and that this is PDF/A-2b."""
    title, creator, subject = nfc(about.title), nfc(about.creator), _subject(about)
    when = about.created_at.replace(microsecond=0)
    stamp = when.isoformat()
    with made.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as words:
        words["pdfaid:part"] = "2"
        words["pdfaid:conformance"] = "B"
        words["dc:format"] = "application/pdf"
        words["dc:title"] = title
        if creator:
            words["dc:creator"] = [creator]
        if subject:
            words["dc:description"] = subject
        words["pdf:Producer"] = _PRODUCER
        words["xmp:CreatorTool"] = _PRODUCER
        words["xmp:CreateDate"] = words["xmp:ModifyDate"] = words["xmp:MetadataDate"] = stamp
    date = pikepdf.models.metadata.encode_pdf_date(when)
    info = made.docinfo
    info["/Title"], info["/Producer"], info["/Creator"] = title, _PRODUCER, _PRODUCER
    info["/CreationDate"] = info["/ModDate"] = date
    if creator:
        info["/Author"] = creator
    if subject:
        info["/Subject"] = subject


def _subject(about: DocumentAbout) -> str:
    """Number, day, issuer and signer of the paper, and the dossier: those that are known."""
    issued = about.issued_on.strftime("%d/%m/%Y") if about.issued_on else ""
    named = (
        ("Hồ sơ", about.dossier_code), ("Số", about.paper_number), ("Ngày", issued),
        ("Cơ quan ban hành", about.issuer), ("Người ký", about.signer),
    )
    return nfc("; ".join(f"{name}: {value}" for name, value in named if value))
