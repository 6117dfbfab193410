"""What may come in and what may not: one passing or failing file for each reason."""

import contextlib
import io
import struct
import zipfile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents import intake
from documents.intake.limits import Budget
from documents.intake.office import type_of
from tests.factories import office

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DDE_FIELD = '<w:instrText> DDEAUTO c:\\\\cmd "x"</w:instrText>'
BIG_PNG = office.PNG[:16] + struct.pack(">II", 60_000, 60_000) + office.PNG[24:]


def examine(content, *, name="file.bin", accepted=intake.OFFICE_TYPES):
    return intake.examine(SimpleUploadedFile(name, content), accepted=accepted)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(office.make_ooxml("docx"), intake.DOCX, id="Word"),
        pytest.param(office.make_ooxml("xlsx"), intake.XLSX, id="Excel"),
        pytest.param(office.make_ooxml("pptx"), intake.PPTX, id="PowerPoint"),
        pytest.param(office.make_odf("odt"), intake.ODT, id="OpenDocument text"),
        pytest.param(office.make_odf("ods"), intake.ODS, id="OpenDocument spreadsheet"),
        pytest.param(office.make_odf("odp"), intake.ODP, id="OpenDocument presentation"),
        pytest.param(office.make_pdf(), intake.PDF, id="PDF"),
        pytest.param(office.make_pdf(change=office.add_fonts_called_like_keys), intake.PDF, id="PDF with a font EF"),
        pytest.param(b"\n\n" + office.make_pdf(), intake.PDF, id="PDF after a few bytes"),
        pytest.param(office.PNG, intake.PNG, id="PNG"),
        pytest.param(office.JPEG, intake.JPEG, id="JPEG"),
        pytest.param("Café".encode(), intake.TXT, id="text in UTF-8"),
        pytest.param("Café".encode("cp1252"), intake.TXT, id="text in Windows-1252"),
        pytest.param("Café".encode("utf-16"), intake.TXT, id="text in UTF-16"),
        pytest.param(b"BMI charts and what they mean", intake.TXT, id="text that starts like a picture"),
        pytest.param(
            office.make_ooxml("pptx", **{"ppt/embeddings/chart.xlsx": office.make_ooxml("xlsx")}),
            intake.PPTX,
            id="presentation with a chart's workbook",
        ),
        pytest.param(
            office.make_ooxml("docx", **{"word/media/logo.svg": b"<!DOCTYPE svg [<!ENTITY ns 'x'>]><svg/>"}),
            intake.DOCX,
            id="document with a drawing that declares entities",
        ),
        pytest.param(
            office.make_ooxml("docx", **office.make_relationships("hyperlink", "https://example.org/")),
            intake.DOCX,
            id="document with a link to a page",
        ),
        pytest.param(
            office.make_ooxml("docx", **office.make_relationships("attachedTemplate", r"\\server\house.dotx")),
            intake.DOCX,
            id="document with the council's own template",
        ),
        pytest.param(
            office.make_odf("odt", manifest=b'<!DOCTYPE m PUBLIC "-//x" "Manifest.dtd"><m/>'),
            intake.ODT,
            id="old OpenOffice manifest with a DTD",
        ),
    ],
)
def test_examine_accepted_type_is_found_by_content(content, expected):
    examined = examine(content, name="whatever.exe")

    assert examined.file_type == expected
    assert examined.safe_name == f"whatever{expected.extension}"
    assert (len(examined.sha256), examined.size) == (64, len(content))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"MZ\x90\0\3\0\0\0", "program", id="Windows program"),
        pytest.param(b"\x7fELF\2\1\1\0", "program", id="Linux program"),
        pytest.param(OLE + b"\0" * 600, "old office format", id="old Word file"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "password", id="encrypted office file"),
        pytest.param(office.make_zip({"a.txt": b"a"}), "ZIP archive", id="plain ZIP"),
        pytest.param(office.make_ooxml("docx", **{"word/vbaProject.bin": b"x"}), "macros", id="macro part"),
        pytest.param(
            office.make_ooxml(content_type="application/vnd.ms-word.document.macroEnabled.main+xml"),
            "macros",
            id="macro type",
        ),
        pytest.param(office.make_ooxml("xlsx", **{"xl/macrosheets/sheet1.xml": b"<x/>"}), "macros", id="old macros"),
        pytest.param(office.make_odf("ods", **{"Basic/Standard/Module1.xml": b"<x/>"}), "macros", id="Basic"),
        pytest.param(office.make_ooxml("docx", **{"word/activeX/activeX1.xml": b"<x/>"}), "macros", id="ActiveX"),
        pytest.param(
            office.make_ooxml(content_type="application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
            "macros",
            id="binary workbook with macros",
        ),
        pytest.param(
            office.make_odf("odt", manifest=b'<m:m xmlns:m="u"><m:encryption-data/></m:m>'), "password", id="locked ODT"
        ),
        pytest.param(office.make_bomb(), "expands", id="bomb disguised as a workbook"),
        pytest.param(
            office.make_ooxml("docx", **{"a.bin": office.make_zip({"b": b"c"})}),
            "archive or a program",
            id="ZIP inside",
        ),
        pytest.param(office.make_ooxml("docx", **{"a.bin": b"MZ\x90\0"}), "archive or a program", id="program inside"),
        pytest.param(
            office.make_ooxml("docx", **{"word/embeddings/o.bin": OLE + "\x01Ole10Native".encode("utf-16-le")}),
            "archive or a program",
            id="packaged object inside",
        ),
        pytest.param(
            office.make_ooxml("docx", **office.make_relationships("attachedTemplate", "https://example.org/t.dotm")),
            "template",
            id="template from the web",
        ),
        pytest.param(
            office.make_ooxml("docx", **office.make_relationships("oleObject", "file:///c:/a.xlsx")),
            "an object",
            id="object from elsewhere",
        ),
        pytest.param(
            office.make_ooxml("docx", **{"word/document.xml": b'<w:instrText> DDEAUTO c:\\\\cmd "x"</w:instrText>'}),
            "DDE",
            id="DDE field",
        ),
        pytest.param(
            office.make_ooxml("docx", **{"word/document.xml": DDE_FIELD.encode("utf-16")}),
            "DDE",
            id="DDE field in UTF-16",
        ),
        pytest.param(
            office.make_ooxml("docx", **{"word/document.xml": ("<a/>" * 65_530 + DDE_FIELD).encode("utf-16-be")}),
            "DDE",
            id="DDE field in UTF-16 across two pieces",
        ),
        pytest.param(
            office.make_zip(
                {
                    "[Content_Types].xml": office.content_types(office.MAIN["docx"]).replace(
                        b"/p0.xml", b"/word/Main.bin"
                    ),
                    "word/Main.bin": DDE_FIELD.encode(),
                }
            ),
            "DDE",
            id="DDE field in a main part with another ending",
        ),
        pytest.param(
            office.make_zip(
                {
                    "[Content_Types].xml": office.content_types(office.MAIN["docx"]).replace(
                        b"</Types>", b'<Default Extension="dat" ContentType="application/xml"/></Types>'
                    ),
                    "word/main.DAT": DDE_FIELD.encode(),
                }
            ),
            "DDE",
            id="DDE field in a part of an ending that is declared XML",
        ),
        pytest.param(
            office.make_ooxml(
                "docx", **{"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")}
            ),
            "damaged",
            id="entities in UTF-16",
        ),
        pytest.param(
            office.make_ooxml("docx", **{"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "damaged",
            id="entities",
        ),
        pytest.param(office.make_ooxml("docx")[:-30], "damaged", id="half a Word file"),
        pytest.param(office.make_pdf(change=office.add_script), "JavaScript", id="PDF with a script"),
        pytest.param(office.make_pdf(change=office.add_indirect_script), "JavaScript", id="PDF with a hidden script"),
        pytest.param(
            office.make_pdf(change=office.add_indirect_script, object_stream_mode=pikepdf.ObjectStreamMode.generate),
            "JavaScript",
            id="PDF with a compressed script",
        ),
        pytest.param(office.make_pdf(change=office.add_launch), "starts other programs", id="PDF that launches"),
        pytest.param(office.make_pdf(change=office.add_attachment), "other files inside", id="PDF with attachments"),
        pytest.param(
            office.make_pdf(change=office.add_attachment_without_type), "other files inside", id="PDF that hides a file"
        ),
        pytest.param(office.make_pdf(change=office.add_xfa), "XFA", id="PDF with an XFA form"),
        pytest.param(
            office.make_pdf(encryption=pikepdf.Encryption(user="a", owner="b")), "password", id="PDF with a password"
        ),
        pytest.param(
            office.make_pdf(encryption=pikepdf.Encryption(user="", owner="b")), "protected", id="PDF with restrictions"
        ),
        pytest.param(b"%PDF-1.7\nnothing else", "damaged", id="no PDF at all"),
        pytest.param(BIG_PNG, "100 million", id="picture bomb"),
        pytest.param(office.PNG[:40], "damaged", id="half a picture"),
        pytest.param(office.JPEG[:20], "damaged", id="half a JPEG"),
        pytest.param(b"<html><script>x</script>", "web page", id="web page"),
        pytest.param(b"  <?xml version='1.0'?><svg/>", "web page", id="SVG"),
        pytest.param(b"{\\rtf1 hello}", "rich text", id="RTF"),
        pytest.param(b"GIF89a" + b"\0" * 20, "GIF", id="GIF"),
        pytest.param(b"text with a \0 in it", "not known", id="binary that looks like text"),
        pytest.param(b"ID3\x03" + b"\0" * 50, "not accepted", id="music"),
    ],
)
def test_examine_unacceptable_file_refused_with_a_sentence(content, words):
    with pytest.raises(intake.Refused) as refusal:
        examine(content, name="innocent.docx")

    assert words in refusal.value.sentence
    assert refusal.value.sentence.endswith(".")


def test_examine_type_not_on_the_list_names_those_that_are():
    with pytest.raises(intake.Refused, match=r"Accepted: Excel \(.xlsx\), OpenDocument spreadsheet \(.ods\) or CSV"):
        examine(office.make_pdf(), accepted=intake.WORKBOOK_TYPES)


def test_examine_over_size_refused_with_413(settings):
    settings.UPLOAD_LIMIT_MB = 1

    with pytest.raises(intake.Refused, match="larger than 1 MB") as refusal:
        examine(b"a" * (1024 * 1024 + 1))

    assert refusal.value.status == 413


def test_examine_encrypted_zip_says_so():
    content = bytearray(office.make_zip({"a.txt": b"a"}, compress=False))
    directory = content.index(b"PK\x01\x02")
    content[6] |= 1
    content[directory + 8] |= 1

    with pytest.raises(intake.Refused, match="ZIP archive with a password"):
        examine(bytes(content))


def test_examine_too_many_parts_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", office.content_types(office.MAIN["docx"]))
        for number in range(20_001):
            archive.writestr(f"{number}", b"")

    with pytest.raises(intake.Refused, match="expands"):
        examine(out.getvalue())


def test_examine_nested_bomb_counts_against_the_whole():
    inner = office.make_ooxml("xlsx", **{"xl/a.xml": b" " * 1_000_000})
    outer = office.make_ooxml("pptx", **{f"ppt/embeddings/{n}.xlsx": inner for n in range(4)})

    assert type_of(io.BytesIO(outer), Budget(unpacked=5_000_000)) == intake.PPTX
    with pytest.raises(intake.Refused, match="expands"):
        type_of(io.BytesIO(outer), Budget(unpacked=3_000_000))


def test_examine_part_that_lies_about_its_size_refused():
    content = bytearray(office.make_ooxml("docx", **{"word/document.xml": b"<a/>" * 100_000}))
    name = content.rindex(b"word/document.xml")
    directory = content.rindex(b"PK\x01\x02", 0, name)
    content[directory + 24 : directory + 28] = struct.pack("<I", 10)

    with pytest.raises(intake.Refused):
        examine(bytes(content))


def test_examine_csv_by_name_or_where_only_csv_is_accepted():
    assert examine(b"a,b\n1,2\n", name="list.CSV").file_type == intake.CSV
    assert examine(b"a,b\n1,2\n", name="list", accepted=intake.WORKBOOK_TYPES).file_type == intake.CSV


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.binary(min_size=1, max_size=400), st.text(st.characters(exclude_characters="/"), max_size=30))
def test_examine_any_bytes_are_accepted_or_refused_but_never_crash(content, name):
    with contextlib.suppress(intake.Refused):
        assert examine(content, name=f"x{name}").size == len(content)


WHOLE = [
    office.make_ooxml("docx", **office.make_relationships("hyperlink", "https://example.org/")),
    office.make_odf("ods"),
    office.make_pdf(),
    office.make_pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate),
    office.PNG,
    office.JPEG,
]


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(WHOLE), st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=6), st.data())
def test_examine_spoiled_files_are_accepted_or_refused_but_never_crash(whole, changes, data):
    content = bytearray(whole)
    for place, value in changes:
        content[place % len(content)] = value
    del content[data.draw(st.integers(1, len(content))) :]

    with contextlib.suppress(intake.Refused):
        examine(bytes(content))
