"""PDF/A-2b looked at as a stranger would: by pdfium, by qpdf's eyes, and by the words of the standard."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageCms, ImageOps

from app.errors import EnvironmentFault, Refusal
from app.imaging.document import check_document, document, srgb_profile
from app.imaging.limits import Limits
from app.imaging.prepared import DocumentAbout, PageForPdf
from app.imaging.text_layer import text_layer
from tests.faults.bomb_pictures import jpeg_cut_short, jpeg_four_inks, png_16_bit_transparent, saved, sheet
from tests.imaging_pages import page as drawn_page

LIMITS = Limits()
ABOUT = DocumentAbout(
    "Tờ khai cấp bản sao trích lục", datetime(2026, 11, 21, 9, 30, 15, 999, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")),
    creator="Bưu cục Mẫu, quầy 1", paper_number="12/TK-UBND", issued_on=date(2026, 11, 1), issuer="UBND xã Thử",
    dossier_code="H01.23.45-261121-0001",
)
JPEG = PageForPdf(saved(sheet(), "JPEG", dpi=(100, 100)), "image/jpeg")
G4 = PageForPdf(
    saved(sheet(mode="1"), "TIFF", compression="group4", dpi=(100, 100), tiffinfo={278: 1169}),
    "image/tiff",
)
PNG = PageForPdf(saved(sheet(mode="L"), "PNG", dpi=(100, 100)), "image/png")
ALL = (JPEG, G4, PNG)
A_PAGE = (827 * 0.72, 1169 * 0.72)


def _made(*pages: PageForPdf, about: DocumentAbout = ABOUT) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(document(pages, about, LIMITS)))


def _drawn(content: bytes, number: int = 0, dpi: int = 100) -> Image.Image:
    with pdfium.PdfDocument(content) as opened:
        page = opened[number]
        picture: Image.Image = page.render(scale=dpi / 72).to_pil().convert("L")
        page.close()
        return picture


def test_pictures_go_in_byte_for_byte() -> None:
    with _made(*ALL) as made:
        jpeg, fax, _ = (page.Resources.XObject.Im0 for page in made.pages)
        assert bytes(jpeg.read_raw_bytes()) == JPEG.content
        strip = bytes(fax.read_raw_bytes())
        assert strip in G4.content and list(fax.Filter) == [pikepdf.Name.CCITTFaxDecode]


@pytest.mark.parametrize("page", ALL)
def test_a_page_has_the_size_of_its_paper(page: PageForPdf) -> None:
    with _made(page) as made:
        box = [float(each) for each in made.pages[0].MediaBox]
    assert box == pytest.approx([0, 0, *A_PAGE], abs=0.01)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turn_is_drawn_and_not_only_marked(turn: int) -> None:
    picture = Image.new("L", (400, 800), 255)
    picture.paste(0, (0, 0, 100, 200))
    page = PageForPdf(saved(picture, "PNG", dpi=(100, 100)), "image/png", turn)
    content = document([page], ABOUT, LIMITS)
    with pikepdf.open(io.BytesIO(content)) as made:
        assert "/Rotate" not in made.pages[0]
    shown, expected = _drawn(content), picture.rotate(-turn, expand=True)
    assert shown.size == expected.size
    for at in ((20, 20), (shown.width - 20, 20), (20, shown.height - 20), (shown.width - 20, shown.height - 20)):
        assert shown.getpixel(at) == expected.getpixel(at)


@pytest.mark.parametrize(("orientation", "turn"), [(6, 0), (3, 90), (8, 270), (2, 0), (5, 180)])
def test_a_camera_s_orientation_and_a_turn_add_up(orientation: int, turn: int) -> None:
    picture = Image.new("L", (400, 800), 255)
    picture.paste(0, (0, 0, 100, 200))
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = saved(picture, "JPEG", dpi=(100, 100), exif=exif)
    upright = Image.open(io.BytesIO(content))
    expected = ImageOps.exif_transpose(upright).rotate(-turn, expand=True)
    shown = _drawn(document([PageForPdf(content, "image/jpeg", turn)], ABOUT, LIMITS))
    for at in ((20, 20), (shown.width - 20, 20), (20, shown.height - 20), (shown.width - 20, shown.height - 20)):
        found, wanted = shown.getpixel(at), expected.getpixel(at)
        assert isinstance(found, int | float) and isinstance(wanted, int | float) and abs(found - wanted) < 30


@pytest.mark.parametrize(("orientation", "turn"), [(6, 0), (3, 90), (8, 270)])
def test_a_fax_s_orientation_and_a_turn_add_up(orientation: int, turn: int) -> None:
    picture = Image.new("1", (400, 800), 1)
    picture.paste(0, (0, 0, 100, 200))
    how = {278: 800, 274: orientation}
    content = saved(picture, "TIFF", dpi=(100, 100), compression="group4", tiffinfo=how)
    expected = picture.convert("L").rotate(-turn - {6: 90, 3: 180, 8: 270}[orientation], expand=True)
    shown = _drawn(document([PageForPdf(content, "image/tiff", turn)], ABOUT, LIMITS))
    assert shown.size == expected.size
    for at in ((20, 20), (shown.width - 20, 20), (20, shown.height - 20), (shown.width - 20, shown.height - 20)):
        assert shown.getpixel(at) == expected.getpixel(at)


@pytest.mark.parametrize(("make", "mime"), [(jpeg_four_inks, "image/jpeg"), (png_16_bit_transparent, "image/png")])
def test_colours_that_pdf_a_has_no_place_for_are_made_plain(make: object, mime: str) -> None:
    assert callable(make)
    with _made(PageForPdf(make(), mime)) as made:
        picture = made.pages[0].Resources.XObject.Im0
        assert picture.ColorSpace in (pikepdf.Name.DeviceRGB, pikepdf.Name.DeviceGray)
        assert "/SMask" not in picture


def test_it_says_pdf_a_2b_in_its_metadata_and_agrees_with_itself() -> None:
    with _made(*ALL) as made:
        with made.open_metadata() as words:
            assert (words["pdfaid:part"], words["pdfaid:conformance"]) == ("2", "B")
            assert words["dc:title"] == str(made.docinfo.Title) == ABOUT.title
            assert words["dc:creator"] == [str(made.docinfo.Author)] == [ABOUT.creator]
            assert words["dc:description"] == str(made.docinfo.Subject)
            assert words["pdf:Producer"] == str(made.docinfo.Producer)
            assert words["xmp:CreatorTool"] == str(made.docinfo.Creator)
            assert words["xmp:CreateDate"] == words["xmp:ModifyDate"] == "2026-11-21T09:30:15+07:00"
        assert str(made.docinfo.CreationDate) == str(made.docinfo.ModDate) == "D:20261121093015+07'00"
        assert "/Filter" not in made.Root.Metadata, "other programs find the metadata without unpacking"
        for value in (ABOUT.paper_number, "01/11/2026", ABOUT.issuer, ABOUT.dossier_code):
            assert value in str(made.docinfo.Subject)


def test_colour_does_not_depend_on_the_device() -> None:
    with _made(JPEG) as made:
        [intent] = made.Root.OutputIntents
        assert intent.S == pikepdf.Name.GTS_PDFA1 and intent.DestOutputProfile.N == 3
        profile = ImageCms.ImageCmsProfile(io.BytesIO(bytes(intent.DestOutputProfile.read_bytes())))
    assert profile.profile.xcolor_space.strip() == "RGB" and profile.profile.device_class == "mntr"
    assert srgb_profile()[8] <= 4, "ISO 19005-2 takes profiles up to version 4"


_FORBIDDEN = {
    "/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles", "/AcroForm", "/Encrypt", "/LZWDecode",
    "/Interpolate", "/Alternates", "/OPI", "/PS", "/Ref", "/TR", "/HTP", "/XFA", "/RichMedia", "/Movie", "/Sound",
}


def test_nothing_forbidden_is_inside() -> None:
    content = document(ALL, ABOUT, LIMITS)
    with pikepdf.open(io.BytesIO(content)) as made:
        assert not made.is_encrypted and "/ID" in made.trailer
        for each in made.objects:
            if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                keys = {str(key) for key in each} | {str(value) for value in each.values()}
                assert not keys & _FORBIDDEN
                assert "/F" not in each, "no stream lives in another file"
    assert content.startswith(b"%PDF-1.7\n%") and all(byte > 127 for byte in content[10:14])
    assert content.rstrip().endswith(b"%%EOF")


def test_the_same_pages_make_the_same_bytes() -> None:
    assert document(ALL, ABOUT, LIMITS) == document(ALL, ABOUT, LIMITS)
    later = replace(ABOUT, created_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert document(ALL, ABOUT, LIMITS) != document(ALL, later, LIMITS)


@pytest.mark.parametrize(("pages", "code"), [
    ((), "document_empty"),
    ((PageForPdf(jpeg_cut_short(), "image/jpeg"),), "picture_broken"),
    ((PageForPdf(JPEG.content, "image/png"),), "picture_broken"),
    ((PageForPdf(b"GIF89a", "image/jpeg"),), "picture_unknown_kind"),
    ((JPEG,) * 4, "pdf_too_many_pages"),
])
def test_what_would_make_a_bad_document_is_refused(pages: tuple[PageForPdf, ...], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        document(pages, ABOUT, replace(LIMITS, most_pages=3))
    assert refused.value.code == code


@pytest.mark.parametrize(("content", "pages", "step"), [
    (b"%PDF-1.7\n", 1, "open"), (document([JPEG], ABOUT, LIMITS), 2, "pages"),
    (document([JPEG], ABOUT, LIMITS).replace(b"%PDF-1.7", b"%PDF-1.3", 1), 1, "version"),
])
def test_a_document_that_a_stranger_cannot_read_is_not_handed_out(content: bytes, pages: int, step: str) -> None:
    with pytest.raises(EnvironmentFault) as refused:
        check_document(content, pages)
    assert (refused.value.code, refused.value.values) == ("document_unreadable", {"step": step})


def test_a_text_layer_lies_invisible_under_its_page() -> None:
    page = _text_page()
    layer = text_layer(page.content, 0, LIMITS)
    if not layer:
        assert shutil.which("tesseract") is None
        return
    bare, searchable = document([page], ABOUT, LIMITS), document([replace(page, text_layer=layer)], ABOUT, LIMITS)
    assert _drawn(bare).tobytes() == _drawn(searchable).tobytes()
    with pdfium.PdfDocument(searchable) as opened:
        words = opened[0].get_textpage().get_text_range()
    assert "CỘNG" in words or "NAM" in words
    with pikepdf.open(io.BytesIO(searchable)) as made:
        fonts = [each for each in made.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each]
        assert fonts and all("/FontFile2" in font for font in fonts), "every font is embedded"


def _text_page() -> PageForPdf:
    top = drawn_page("text", dpi=150).crop((0, 0, 1240, 320))
    return PageForPdf(saved(top, "JPEG", dpi=(150, 150)), "image/jpeg")
