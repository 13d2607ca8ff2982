"""Sentences that several papers end with."""

from __future__ import annotations

from app.domain.papers import OfficeHead
from app.printing.forms import Form


def contact_note(form: Form, head: OfficeHead, *, has_code: bool) -> str:
    """Whom to ask, by the office's own lines; "" when it has configured none. Looking up needs a code."""
    said = (("contact", head.contact), ("phone", head.phone), ("lookup", head.lookup if has_code else ""))
    parts = [form.notes[key].format(**{key: value}) for key, value in said if value]
    return form.notes["questions"].format(where="; ".join(parts)) if parts else ""
