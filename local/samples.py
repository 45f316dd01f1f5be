"""The samples of the demo: a real telephone call and a real photo, and documents that it writes.

Nothing of them is in the repository: the recording is pyannote.audio's sample, the photo
scikit-learn's (a palace in Beijing, by danielbuechele, CC BY 2.0); the documents are made here.
"""

import csv
import shutil
import wave
from importlib.util import find_spec
from pathlib import Path

REPORT = [
    ("Quarterly report of the support team", [
        "The support team answered 4,812 requests in the third quarter, eleven percent more than "
        "in the second.",
        "The median time to a first answer fell from five hours to two hours and ten minutes.",
        "Most of that came from routing billing questions straight to the people who can refund.",
        "Customers rated ninety-one percent of the conversations as good or very good.",
        "The office plants were watered on Tuesdays and Fridays.",
    ]),
    ("What went wrong", [
        "An outage of the payment provider on 14 August led to 612 requests within one afternoon.",
        "The status page was updated two hours late, which customers criticized most.",
        "Three customers with yearly contracts left and named slow answers as the reason.",
        "The team has since agreed to update the status page within fifteen minutes.",
    ]),
    ("Plans for the next quarter", [
        "We will hire two people for the evening shift, because a third of all requests arrive "
        "after six o'clock.",
        "The help pages about invoices will be rewritten by the end of November.",
        "We propose to spend 20,000 euros on a tool that shows calls and messages in one place.",
        "A decision about the budget is needed before 1 December.",
    ]),
]  # fmt: skip

COMMENTS = [
    ("ada", "I love this release, it is so much faster!"),
    ("bob", "The update deleted all my settings. I am really angry."),
    ("cem", "The meeting is on Tuesday."),
    ("dana", "Great support, they solved my problem in minutes."),
    ("eli", "It crashes every time I open a file. Terrible."),
    ("fay", "Wonderful work, thank you!"),
]


def recording(folder: Path) -> Path:
    """30 seconds of a telephone call between two people (16 kHz, mono WAV)."""
    source = _package("pyannote.audio") / "sample" / "sample.wav"
    return Path(shutil.copy(source, folder / "support call.wav"))


def long_recording(folder: Path, *, times: int = 40) -> Path:
    """The same call several times over: long enough to cancel."""
    target = folder / "long call.wav"
    with wave.open(str(recording(folder))) as source, wave.open(str(target), "wb") as file:
        file.setparams(source.getparams())
        frames = source.readframes(source.getnframes())
        for _ in range(times):
            file.writeframes(frames)
    return target


def photo(folder: Path) -> Path:
    """A photo of a palace (640 × 427, JPEG)."""
    source = _package("sklearn") / "datasets" / "images" / "china.jpg"
    return Path(shutil.copy(source, folder / "holiday.jpg"))


def comments(folder: Path) -> Path:
    """A CSV file with customers' comments."""
    target = folder / "comments.csv"
    with target.open("w", newline="") as file:
        csv.writer(file).writerows([("customer", "comment"), *COMMENTS])
    return target


def report(folder: Path) -> Path:
    """A PDF of three pages."""
    target = folder / "report.pdf"
    target.write_bytes(pdf([[title, "", *_wrapped(lines)] for title, lines in REPORT]))
    return target


def report_text() -> str:
    """The words of the report."""
    return "\n\n".join(" ".join(lines) for _, lines in REPORT)


def archive(folder: Path) -> Path:
    """A file of a kind that nobody takes."""
    target = folder / "backup.7z"
    target.write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(26))
    return target


def pdf(pages: list[list[str]]) -> bytes:
    """A PDF with one line of Helvetica a string (ISO 32000-1, the smallest valid structure)."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for lines in pages:
        content = b"BT /F1 12 Tf 72 740 Td 16 TL\n"
        content += b"".join(b"(%s) Tj T*\n" % _quoted(line) for line in lines) + b"ET"
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (len(objects) + 2)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(objects)


def _file(objects: list[bytes]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)


def _quoted(line: str) -> bytes:
    text = line.encode("latin-1", "replace")
    return text.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _wrapped(sentences: list[str], width: int = 85) -> list[str]:
    lines: list[str] = [""]
    for word in " ".join(sentences).split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"The samples come with the package {name}: run `make setup`.")
    return Path(next(iter(spec.submodule_search_locations)))
