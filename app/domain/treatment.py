"""Which treatment a paper's pages get on the light table: read from what the paper is called.

Nghị định 30/2020/NĐ-CP, Phụ lục I, asks for colour, 200 dpi and 100 % of the size; small print, photographs and
plans get more. The clerk is never asked.
"""

from __future__ import annotations

from app.domain.scanning import Colour, Treatment
from app.domain.text import fold

TEXT = Treatment("text")
CERTIFICATE = Treatment("certificate", colour=Colour.COLOUR, budget_bytes=600_000)
CARD = Treatment("card", colour=Colour.COLOUR, dpi=300, is_card_pair=True, budget_bytes=600_000, quality=80)
PHOTO = Treatment("photo", colour=Colour.COLOUR, dpi=300, is_cleaned=False, budget_bytes=800_000, quality=85)
DRAWING = Treatment("drawing", dpi=300, budget_bytes=1_200_000, quality=80)

_FIRST_WORDS: tuple[tuple[str, Treatment], ...] = (
    # An application *for* a driving licence or a card is a form on A4, whatever else its name contains.
    ("don ", TEXT), ("to khai", TEXT), ("phieu ", TEXT), ("de nghi", TEXT), ("giay de nghi", TEXT),
    ("van ban", TEXT), ("bien ban", TEXT), ("hop dong", TEXT), ("giay uy quyen", TEXT), ("giay kham", TEXT),
    ("cong van", TEXT), ("bao cao", TEXT), ("cam ket", TEXT), ("ban cam ket", TEXT), ("danh sach", TEXT),
    ("anh ", PHOTO), ("hinh anh", PHOTO), ("anh", PHOTO),
)
_WORDS: tuple[tuple[str, Treatment], ...] = (
    ("ban ve", DRAWING), ("so do", DRAWING), ("trich do", DRAWING), ("ban do", DRAWING), ("mat bang", DRAWING),
    ("anh chan dung", PHOTO), ("anh the", PHOTO), ("anh mau", PHOTO),
    ("the can cuoc", CARD), ("can cuoc cong dan", CARD), ("cccd", CARD), ("chung minh nhan dan", CARD),
    ("chung minh thu", CARD), ("giay phep lai xe", CARD), ("bao hiem y te", CARD), ("the bhyt", CARD),
    ("the tam tru", CARD), ("the thuong tru", CARD), ("the nha bao", CARD), ("the dang vien", CARD),
    ("dang ky xe", CARD),
    ("giay chung nhan", CERTIFICATE), ("chung chi", CERTIFICATE), ("van bang", CERTIFICATE),
    ("bang tot nghiep", CERTIFICATE), ("ho chieu", CERTIFICATE), ("giay khai sinh", CERTIFICATE),
    ("giay chung tu", CERTIFICATE), ("trich luc", CERTIFICATE),
)


def treatment_for(requirement: str, form: str = "", is_card: bool = False) -> Treatment:
    """The treatment of the paper named `requirement` (as the procedure spells it, marks and case do not matter).

    `form` is its official form's name when it has one: a form is always text. `is_card`: the clerk or the
    procedure says that it is a plastic card, whatever it is called.
    """
    if is_card:
        return CARD
    if form.strip():
        return TEXT
    name = fold(requirement)
    for word, treatment in _FIRST_WORDS:
        if name.startswith(word) if word.endswith(" ") else _begins(name, word):
            return treatment
    # The word that comes first names the paper: "Giấy chứng nhận …, kèm sơ đồ thửa đất" is a certificate.
    found = [(name.find(word), place, treatment) for place, (word, treatment) in enumerate(_WORDS) if word in name]
    return min(found, key=lambda hit: hit[:2])[2] if found else TEXT


def _begins(name: str, word: str) -> bool:
    return name == word or name.startswith(word + " ")
