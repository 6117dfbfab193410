"""Small files of every type that intake knows, and of many that it must refuse."""

import io
import zipfile

import pikepdf

MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
ODF = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00\xff\xd9"
)


def make_zip(parts: dict[str, bytes], *, compress: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def make_ooxml(kind: str = "docx", *, content_type: str = "", **parts: bytes) -> bytes:
    """`parts`: path → bytes, put beside the two that every file has."""
    return make_zip({"[Content_Types].xml": content_types(content_type or MAIN[kind]), "_rels/.rels": b"<R/>"} | parts)


def content_types(*types: str) -> bytes:
    overrides = "".join(f'<Override PartName="/p{n}.xml" ContentType="{each}"/>' for n, each in enumerate(types))
    return f'<?xml version="1.0"?><Types xmlns="x">{overrides}</Types>'.encode()


def make_odf(kind: str = "odt", *, manifest: bytes = b"<manifest/>", **parts: bytes) -> bytes:
    return make_zip({"mimetype": ODF[kind].encode(), "META-INF/manifest.xml": manifest, "content.xml": b"<c/>"} | parts)


def make_relationships(kind: str, target: str, *, mode: str = "External") -> dict[str, bytes]:
    one = f'<Relationship Id="r1" Type="{RELATIONSHIP}{kind}" Target="{target}" TargetMode="{mode}"/>'
    return {"word/_rels/document.xml.rels": f'<Relationships xmlns="x">{one}</Relationships>'.encode()}


def make_pdf(*, change=None, **save) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    if change:
        change(pdf)
    out = io.BytesIO()
    pdf.save(out, **save)
    return out.getvalue()


def add_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def add_indirect_script(pdf: pikepdf.Pdf) -> None:
    action = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))
    pdf.pages[0].AA = pikepdf.Dictionary(O=action)


def add_launch(pdf: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe"))
    pdf.pages[0].Annots = pikepdf.Array([link])


def add_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["tool.exe"] = b"MZ"


def add_attachment_without_type(pdf: pikepdf.Pdf) -> None:
    file = pikepdf.Dictionary(F="tool.exe", EF=pikepdf.Dictionary(F=pdf.make_stream(b"MZ")))
    pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.FileAttachment, FS=file)])


def add_xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([]), XFA=pdf.make_stream(b"<xdp:xdp/>"))


def add_fonts_called_like_keys(pdf: pikepdf.Pdf) -> None:
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier)
    pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(EF=font, XFA=font))


def make_bomb(*, mb: int = 30) -> bytes:
    """A workbook whose one part expands to `mb` megabytes of nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", content_types(MAIN["xlsx"]))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            piece = b"\0" * (1024 * 1024)
            for _ in range(mb):
                part.write(piece)
    return out.getvalue()
