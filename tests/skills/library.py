"""Twenty documents in many forms, with facts in known places between other sentences."""

from __future__ import annotations

import email.message
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.skills.sheets_of_paper import Sheet, write_sheets

# What is said, and a question that it answers.
FACTS = (
    ("Either party may end this agreement with ninety days of written notice.",
     "How can the agreement be ended?"),
    ("The deposit of 1,850 euros is returned four weeks after the keys are handed over.",
     "How much is the deposit?"),
    ("The warehouse in Rotterdam is insured against fire and flood up to two million euros.",
     "Is the warehouse insured against flood?"),
    ("Amelia Novak was elected chair of the safety committee in March.",
     "Who is the chair of the safety committee?"),
    ("All water samples must be kept at four degrees and tested within six hours.",
     "At what temperature must water samples be kept?"),
    ("Employees may work from home on two days a week if their manager agrees.",
     "How often may employees work from home?"),
    ("The solar panels on the school roof produced 42 megawatt hours in their first year.",
     "How much energy did the solar panels produce?"),
    ("Visitors leave their telephones at the reception desk before they enter the laboratory.",
     "What must visitors do with their telephones?"),
    ("The train line to Kessel will be closed for bridge repairs until 18 August.",
     "When will the train line to Kessel be open again?"),
    ("A late payment is charged with interest of nine percent above the base rate.",
     "what does it say about late payment?"),
    ("The vaccine has to be given twice, with three weeks between the two doses.",
     "How many doses of the vaccine are needed?"),
    ("Pets are allowed only with the written consent of the landlord.",
     "what does it say about pets?"),
)  # fmt: skip
_THINGS = (
    "the garden", "the archive", "the kitchen", "the old pump", "the canteen", "the bus stop",
    "the library", "the main hall", "the boat house", "the clock tower",
)  # fmt: skip
_DEEDS = (
    "was painted by volunteers over the summer",
    "looks much better than it did ten years ago",
    "has been a place where neighbours meet",
    "was shown to a group of students from abroad",
    "will be described in the next issue of the bulletin",
    "appears on many of the photographs from that time",
    "has a long history that few people know",
)
RUNS_ON = "The council then said that all of it would please everybody."
TITLES = ("Background", "Terms of use", "Money matters", "People", "Outlook", "Appendix")
PER_PAGE = 5


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A document; `asked` has a question, the sentence that answers it, and where that stands.

    `said` is what stands in each place, so that any other source can be looked up.
    """

    path: Path
    asked: list[tuple[str, str, str]]
    said: dict[str, str]


class Words:
    """Pages of sentences, `facts` of them on pages of chance; the same for the same seed."""

    def __init__(self, seed: int, *, pages: int, facts: int = 3) -> None:
        chance = random.Random(seed)
        plain = [f"In those years {thing} {deed}." for thing in _THINGS for deed in _DEEDS]
        chance.shuffle(plain)
        self.pages = [plain[PER_PAGE * n : PER_PAGE * (n + 1)] for n in range(pages)]
        self.facts: list[tuple[str, str, int]] = []
        for fact, question in chance.sample(FACTS, facts):
            page = chance.randrange(pages)
            self.pages[page].insert(chance.randrange(PER_PAGE), fact)
            self.facts.append((question, fact, page))

    def paper(self, path: Path, name: str = "page {}", *, shift: int = 1) -> Paper:
        """The document in which page 0 is called by `name` and `shift`."""
        return Paper(
            path=path,
            asked=[(asked, fact, name.format(page + shift)) for asked, fact, page in self.facts],
            said={name.format(n + shift): " ".join(page) for n, page in enumerate(self.pages)},
        )


def plain_pdf(folder: Path, seed: int) -> Paper:
    words = Words(seed, pages=5)
    sheets = [Sheet() for _ in words.pages]
    for sheet, page in zip(sheets, words.pages, strict=True):
        sheet.paragraph(" ".join(page[:3]))
        sheet.paragraph(" ".join(page[3:]))
    return words.paper(write_sheets(folder / f"plain {seed}.pdf", sheets))


def long_pdf(folder: Path, seed: int) -> Paper:
    """More pages than are read before the first are told."""
    words = Words(seed, pages=14, facts=4)
    sheets = [Sheet() for _ in words.pages]
    for sheet, page in zip(sheets, words.pages, strict=True):
        for sentence in page:
            sheet.paragraph(sentence)
    return words.paper(write_sheets(folder / f"long {seed}.pdf", sheets))


def framed_pdf(folder: Path, seed: int) -> Paper:
    """Running heads, and roman page numbers at the foot."""
    words = Words(seed, pages=6)
    sheets = [Sheet() for _ in words.pages]
    numbers = ("i", "ii", "iii", "iv", "v", "vi")
    for sheet, page, number in zip(sheets, words.pages, numbers, strict=True):
        sheet.place(72, 760, "Kessel Harbour Authority, report of the year")
        sheet.paragraph(" ".join(page))
        sheet.place(300, 30, number)
    return words.paper(write_sheets(folder / f"framed {seed}.pdf", sheets))


def labelled_pdf(folder: Path, seed: int) -> Paper:
    """Two pages of front matter that the file itself numbers i and ii; the next is numbered 1."""
    words = Words(seed, pages=6)
    sheets = [Sheet() for _ in words.pages]
    for sheet, page in zip(sheets, words.pages, strict=True):
        sheet.paragraph(" ".join(page))
    return words.paper(write_sheets(folder / f"labelled {seed}.pdf", sheets, roman=2))


def columns_pdf(folder: Path, seed: int) -> Paper:
    words = Words(seed, pages=4)
    sheets = [Sheet() for _ in words.pages]
    for sheet, page in zip(sheets, words.pages, strict=True):
        sheet.columns([" ".join(page[:3])], [" ".join(page[3:])])
    return words.paper(write_sheets(folder / f"columns {seed}.pdf", sheets))


def gaps_pdf(folder: Path, seed: int) -> Paper:
    """Every second page is empty."""
    words = Words(seed, pages=4)
    sheets = [Sheet() for _ in range(8)]
    for sheet, page in zip(sheets[1::2], words.pages, strict=True):
        sheet.paragraph(" ".join(page))
    paper = words.paper(folder / f"gaps {seed}.pdf")
    write_sheets(paper.path, sheets)
    places = {f"page {n + 1}": f"page {2 * n + 2}" for n in range(4)}
    return Paper(
        path=paper.path,
        asked=[(question, fact, places[place]) for question, fact, place in paper.asked],
        said={places[place]: text for place, text in paper.said.items()},
    )


def landscape_pdf(folder: Path, seed: int) -> Paper:
    """Upright, wide, turned right and turned left pages."""
    words = Words(seed, pages=4)
    sheets = [Sheet(), Sheet(width=792, height=612), Sheet(turned=90), Sheet(turned=270)]
    for sheet, page in zip(sheets, words.pages, strict=True):
        sheet.paragraph(" ".join(page))
    return words.paper(write_sheets(folder / f"landscape {seed}.pdf", sheets))


def chapters_pdf(folder: Path, seed: int) -> Paper:
    words = Words(seed, pages=5)
    sheets = [Sheet() for _ in words.pages]
    for number, (sheet, page) in enumerate(zip(sheets, words.pages, strict=True)):
        sheet.heading(f"{number + 1} {TITLES[number]}")
        sheet.paragraph(" ".join(page))
    return words.paper(write_sheets(folder / f"chapters {seed}.pdf", sheets))


def running_on_pdf(folder: Path, seed: int) -> Paper:
    """Each page ends within a sentence, which the next page ends."""
    words = Words(seed, pages=4)
    sheets = [Sheet() for _ in words.pages]
    for number, (sheet, page) in enumerate(zip(sheets, words.pages, strict=True)):
        before = "would please everybody. " if number else ""
        after = " The council then said that all of it" if number < 3 else ""
        sheet.paragraph(f"{before}{' '.join(page)}{after}")
    paper = words.paper(write_sheets(folder / f"running on {seed}.pdf", sheets))
    for number in range(1, 4):
        paper.said[f"page {number}"] += f" {RUNS_ON}"
    return paper


def slides(folder: Path, seed: int) -> Paper:
    import pptx

    words = Words(seed, pages=6)
    deck = pptx.Presentation()
    for title, page in zip(TITLES, words.pages, strict=True):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "\n".join(page)
    path = folder / f"slides {seed}.pptx"
    deck.save(str(path))
    return words.paper(path, "slide {}")


def word(folder: Path, seed: int) -> Paper:
    import docx

    words = Words(seed, pages=5)
    document = docx.Document()
    for title, page in zip(TITLES, words.pages, strict=False):
        document.add_heading(title, level=1)
        document.add_paragraph(" ".join(page))
    path = folder / f"word {seed}.docx"
    document.save(str(path))
    return _under_titles(words, path)


def markdown(folder: Path, seed: int) -> Paper:
    words = Words(seed, pages=5)
    path = folder / f"notes {seed}.md"
    pages = zip(TITLES, words.pages, strict=False)
    path.write_text("".join(f"## {title}\n\n{' '.join(page)}\n\n" for title, page in pages))
    return _under_titles(words, path)


def web_page(folder: Path, seed: int) -> Paper:
    words = Words(seed, pages=5)
    path = folder / f"page {seed}.html"
    pages = zip(TITLES, words.pages, strict=False)
    body = "".join(f"<h2>{title}</h2><p>{' '.join(page)}</p>" for title, page in pages)
    path.write_text(f"<!doctype html><html><body>{body}</body></html>")
    return _under_titles(words, path)


def text(folder: Path, seed: int) -> Paper:
    words = Words(seed, pages=6)
    path = folder / f"text {seed}.txt"
    path.write_text("\n\n".join(" ".join(page) for page in words.pages))
    return words.paper(path, "paragraph {}")


def mail(folder: Path, seed: int) -> Paper:
    words = Words(seed, pages=4)
    message = email.message.EmailMessage()
    message["From"], message["To"] = "Ada <ada@example.org>", "Ben <ben@example.org>"
    message["Subject"], message["Message-ID"] = "What we found", "<1@example.org>"
    message.set_content("\n\n".join(" ".join(page) for page in words.pages))
    path = folder / f"mail {seed}.eml"
    path.write_bytes(message.as_bytes())
    return words.paper(path, "paragraph {}")


def workbook(folder: Path, seed: int) -> Paper:
    import openpyxl

    words = Words(seed, pages=3)
    book = openpyxl.Workbook()
    book.remove(book.active)
    asked, said = [], {}
    for number, page in enumerate(words.pages):
        sheet = book.create_sheet(TITLES[number])
        for row, sentence in enumerate(page, start=1):
            sheet.append([sentence])
            place = f"sheet {TITLES[number]}, row {row}"
            said[place] = sentence
            asked += [(q, fact, place) for q, fact, _ in words.facts if fact == sentence]
    path = folder / f"book {seed}.xlsx"
    book.save(path)
    return Paper(path=path, asked=asked, said=said)


def bundle(folder: Path, seed: int) -> Paper:
    """A PDF and a text in an archive."""
    inner = folder / f"inner {seed}"
    inner.mkdir()
    papers = [plain_pdf(inner, seed), text(inner, seed + 1_000)]
    path = folder / f"bundle {seed}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for paper in papers:
            archive.write(paper.path, f"papers/{paper.path.name}")
    first = {fact for _, fact, _ in papers[0].asked}  # one that both have is no test
    asked = [
        (question, fact, f"{paper.path.name}, {place}")
        for paper in papers
        for question, fact, place in paper.asked
        if paper is papers[0] or fact not in first
    ]
    shared = {fact for _, fact, _ in papers[1].asked} & first
    said = {
        f"{paper.path.name}, {place}": words
        for paper in papers
        for place, words in paper.said.items()
    }
    return Paper(path=path, asked=[each for each in asked if each[1] not in shared], said=said)


def _under_titles(words: Words, path: Path) -> Paper:
    """Each page is one paragraph under a title, so that every second paragraph is a title."""
    places = {n: f"paragraph {2 * n + 2}, {TITLES[n]}" for n in range(len(words.pages))}
    return Paper(
        path=path,
        asked=[(question, fact, places[page]) for question, fact, page in words.facts],
        said={places[n]: " ".join(page) for n, page in enumerate(words.pages)},
    )


MAKERS: Sequence[Callable[[Path, int], Paper]] = (
    plain_pdf, long_pdf, framed_pdf, labelled_pdf, columns_pdf, gaps_pdf, landscape_pdf,
    chapters_pdf, running_on_pdf, slides, word, markdown, web_page, text, mail, workbook, bundle,
    plain_pdf, columns_pdf, chapters_pdf,
)  # fmt: skip


def papers(folder: Path) -> Iterator[Paper]:
    """The twenty."""
    for seed, make in enumerate(MAKERS, start=1):
        yield make(folder, seed)
