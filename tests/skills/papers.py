"""Small documents made by hand: PDFs with letters where a test wants them, and Word files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

HEIGHT = 792
Placed = tuple[float, float, str]


def write_pdf(
    path: Path, pages: Sequence[Sequence[Placed]], *, picture: bool = False, locked: bool = False
) -> Path:
    """A PDF with each text at its (x, y from the bottom); a picture on each page, or a password."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"
    )
    numbers = []
    for page in pages:
        content = "".join(f"BT /F 11 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in page).encode(
            "latin-1"
        )
        if picture:
            content += b"q 500 0 0 700 50 50 cm /I Do Q\n"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 %d] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >> >>"
            % (HEIGHT, len(objects))
        )
        numbers.append(len(objects))
    kids = " ".join(f"{number} 0 R" for number in numbers).encode()
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(numbers))
    path.write_bytes(assemble(objects, locked=locked))
    return path


def assemble(objects: Sequence[bytes], *, locked: bool) -> bytes:
    """The file around the objects; the key of a locked one fits no password that is tried."""
    file = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    lock = b"<aa" + b"bb" * 31 + b">"
    encryption = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /O %s /U %s /P -4 >> /ID [<00> <00>]"
        % (lock, lock)
        if locked
        else b""
    )
    file += b"trailer << /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, encryption)
    return file + b"startxref\n%d\n%%%%EOF\n" % start


def column(lines: Sequence[str], *, x: float = 72, top: float = 700) -> list[Placed]:
    """Lines below each other."""
    return [(x, top - 14 * place, line) for place, line in enumerate(lines)]


def write_word(path: Path, paragraphs: Sequence[str], *, heading: str = "") -> Path:
    """A .docx."""
    import docx

    document = docx.Document()
    if heading:
        document.add_heading(heading)
    for each in paragraphs:
        document.add_paragraph(each)
    document.save(str(path))
    return path
