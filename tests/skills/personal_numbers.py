"""Numbers of people and of things, written and said in the ways that people do."""

from __future__ import annotations

import random
import string

from tests.skills.personal_worlds import World, words

MONTHS = words(
    "January February March April May June July August September October November December"
)
ORDINALS = words("first second third fourth fifth sixth tenth twelfth twentieth thirtieth")
DIGITS = words("zero one two three four five six seven eight nine")
TEENS = words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
TENS = words(". . twenty thirty forty fifty sixty seventy eighty ninety")
ISSUERS = (("4", 16), ("51", 16), ("55", 16), ("2221", 16), ("37", 15), ("6011", 16), ("36", 14))
AREAS = words("212 415 312 617 206 305 512 702 404 303 646 818")
DNI = "TRWAGMYFPDXBNJZSQVHLCKE"


def say_personal(slot: str, world: World, chance: random.Random, *, spoken: bool) -> list[str]:
    """One thing that is personal, in the pieces in which it is said."""
    if slot == "name":
        return [f"{chance.choice(world.first)} {chance.choice(world.last)}"]
    if slot == "email":
        return [_email(world, chance, spoken=spoken)]
    if slot == "address":
        return [_address(world, chance, spoken=spoken)]
    if slot == "birth":
        return [_birth(chance, spoken=spoken)]
    written = {"card": _card, "phone": _phone, "ssn": _ssn, "nino": _nino, "steuer": _steuer,
               "dni": _dni, "iban": _iban, "passport": _passport, "sort": _sort,
               "account": lambda chance: _digits(chance, 8)}[slot](chance)  # fmt: skip
    if not spoken:
        return [written]
    blocks = "".join(c if c.isalnum() or c == "+" else " " for c in written).split()
    said = [_say(block, chance) for block in blocks]
    if len(said) > 2 and chance.random() < 0.4:
        middle = len(said) // 2
        return [_join(said[:middle], chance), _join(said[middle:], chance)]
    return [_join(said, chance)]


def say_harmless(slot: str, world: World, chance: random.Random, *, spoken: bool) -> str:
    """A number or word that is nobody's."""
    if slot == "company":
        return chance.choice(world.companies)
    number = {
        "order": lambda: _digits(chance, chance.choice((6, 8, 10, 12))),
        "tracking": lambda: _digits(chance, chance.choice((12, 16, 20))),
        "quantity": lambda: str(chance.randint(2, 480)),
        "year": lambda: str(chance.randint(1985, 2031)),
    }
    if slot in number:
        value = number[slot]()
        return _say(value, chance) if spoken and slot in ("order", "tracking") else value
    if slot == "ticket":
        letters = "".join(chance.choices(string.ascii_uppercase, k=chance.randint(1, 3)))
        return f"{letters}{chance.choice(('', '-'))}{_digits(chance, chance.randint(3, 7))}"
    if slot == "price":
        euros = chance.randint(3, 4999)
        return f"{_under_hundred(euros % 90 + 10)} dollars" if spoken else f"${euros:,}.99"
    if slot == "date":
        month, day = chance.randint(1, 12), chance.randint(1, 28)
        return chance.choice(
            (f"{month}/{day}/2025", f"{day:02}.{month:02}.2024", f"2023-{month:02}-{day:02}",
             f"March {day}", f"the {day}th of May")
        )  # fmt: skip
    if slot == "version":
        return f"{chance.randint(1, 19)}.{chance.randint(0, 12)}.{chance.randint(0, 99)}"
    return f"{chance.randint(1, 12)}:{chance.choice(('00', '15', '30', '45'))}"


def _digits(chance: random.Random, count: int) -> str:
    return str(chance.randint(1, 9)) + "".join(chance.choices(string.digits, k=count - 1))


def _card(chance: random.Random) -> str:
    issuer, length = chance.choice(ISSUERS)
    body = issuer + "".join(chance.choices(string.digits, k=length - 1 - len(issuer)))
    doubled = [int(d) * 2 if n % 2 == 0 else int(d) for n, d in enumerate(reversed(body))]
    value = body + str(-sum(d // 10 + d % 10 for d in doubled) % 10)
    sizes = {16: (4, 4, 4, 4), 15: (4, 6, 5), 14: (4, 6, 4)}[length]
    return chance.choice(("", " ", "-", " ")).join(_blocks(value, sizes))


def _blocks(value: str, sizes: tuple[int, ...]) -> list[str]:
    blocks, place = [], 0
    for size in sizes:
        blocks.append(value[place : place + size])
        place += size
    return blocks


def _phone(chance: random.Random) -> str:
    local = f"{chance.randint(2, 9)}{_digits(chance, 6)}".replace("11", "23")
    three, four = local[:3], local[3:]
    area = chance.choice(AREAS)
    mobile = f"{chance.choice(('7400', '7534', '7700', '7811', '7912'))} {_digits(chance, 6)}"
    six = _digits(chance, 6)
    pairs = " ".join(_digits(chance, 8)[n : n + 2] for n in (0, 2, 4, 6))
    return chance.choice(
        (f"({area}) {three}-{four}", f"{area}-{three}-{four}", f"{area} {three} {four}",
         f"+1 {area} {three} {four}", f"{area}.{three}.{four}", f"+44 {mobile}", f"0{mobile}",
         f"020 7{six[:3]} {six[2:]}", f"+33 6 {pairs}", f"06 {pairs}",
         f"+49 171 {_digits(chance, 7)}",
         f"0171 {_digits(chance, 7)}", f"+34 6{six[:2]} {six[:3]} {six[3:]}")
    )  # fmt: skip


def _ssn(chance: random.Random) -> str:
    area = chance.choice((chance.randint(1, 665), chance.randint(667, 899)))
    return f"{area:03}-{chance.randint(1, 99):02}-{chance.randint(1, 9999):04}"


def _nino(chance: random.Random) -> str:
    letters = chance.choice("ABCEGHJKLMNPRSTWXYZ") + chance.choice("ABCEHJLMPRSWXY")
    digits = "".join(chance.choices(string.digits, k=6))
    gap = chance.choice(("", " "))
    return gap.join((letters, digits[:2], digits[2:4], digits[4:], chance.choice("ABCD")))


def _steuer(chance: random.Random) -> str:
    digits = chance.sample(string.digits[1:], k=9)
    digits.insert(chance.randint(1, 9), chance.choice(digits))
    product = 10
    for digit in digits:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    value = "".join(digits) + str((11 - product) % 10)
    return f"{value[:2]} {value[2:5]} {value[5:8]} {value[8:]}"


def _dni(chance: random.Random) -> str:
    number = chance.randint(10_000_000, 99_999_999)
    return f"{number}{DNI[number % 23]}"


def _passport(chance: random.Random) -> str:
    return chance.choice((f"A{_digits(chance, 8)}", _digits(chance, 9)))


def _sort(chance: random.Random) -> str:
    return "-".join(_digits(chance, 2) for _ in range(3))


def _birth(chance: random.Random, *, spoken: bool) -> str:
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(1931, 1999)
    if spoken:
        said = f"nineteen {_under_hundred(year % 100)}"
        ordinal, name = chance.choice(ORDINALS), chance.choice(MONTHS)
        return chance.choice(
            (f"the {ordinal} of {name} {said}", f"{name} {ordinal} {said}",
             f"{_say(f'{day:02}', chance)} {_say(f'{month:02}', chance)} {said}")
        )  # fmt: skip
    return chance.choice(
        (f"{month:02}/{day:02}/{year}", f"{day:02}.{month:02}.{year}",
         f"{year}-{month:02}-{day:02}", f"{MONTHS[month - 1]} {day}, {year}",
         f"{day} {MONTHS[month - 1]} {year}")
    )  # fmt: skip


def _iban(chance: random.Random) -> str:
    country, bank, count = chance.choice((("DE", "", 18), ("ES", "", 20), ("GB", "NWBK", 14)))
    body = bank + "".join(chance.choices(string.digits, k=count))
    as_digits = "".join(str(int(letter, 36)) for letter in f"{body}{country}00")
    value = f"{country}{98 - int(as_digits) % 97:02}{body}"
    gap = chance.choice(("", " "))
    return gap.join(value[n : n + 4] for n in range(0, len(value), 4))


def _say(block: str, chance: random.Random) -> str:
    """Letters and digits as they are said."""
    words, place = [], 0
    pairs = len(block) % 2 == 0 and chance.random() < 0.25
    while place < len(block):
        letter = block[place]
        rest = block[place:]
        same = len(rest) - len(rest.lstrip(letter))
        if letter == "+":
            words.append("plus")
        elif not letter.isdigit():
            words.append(letter)
        elif pairs and rest[:2].isdigit() and len(rest) > 1 and rest[0] != "0":
            words.append(_under_hundred(int(rest[:2])))
            place += 1
        elif same >= 3 and chance.random() < 0.4:
            words.append(f"triple {_digit(letter, chance)}")
            place += 2
        elif same == 2 and chance.random() < 0.5:
            words.append(f"double {_digit(letter, chance)}")
            place += 1
        else:
            words.append(_digit(letter, chance))
        place += 1
    return " ".join(words)


def _digit(digit: str, chance: random.Random) -> str:
    if digit == "0":
        return chance.choice(("oh", "zero"))
    return DIGITS[int(digit)]


def _under_hundred(value: int) -> str:
    if value < 10:
        return DIGITS[value]
    if value < 20:
        return TEENS[value - 10]
    return TENS[value // 10] + (f" {DIGITS[value % 10]}" if value % 10 else "")


def _join(said: list[str], chance: random.Random) -> str:
    return chance.choice((" ", ", ", " ", "... ")).join(said)


def _email(world: World, chance: random.Random, *, spoken: bool) -> str:
    first, last = chance.choice(world.first).lower(), chance.choice(world.last).lower()
    last = last.replace("'", "")
    number = str(chance.randint(10, 99))
    local = chance.choice(
        (f"{first}.{last}", f"{first}{last}", f"{first}_{last}", f"{first[0]}{last}",
         f"{first}.{last}{number}", f"{first}-{last}")
    )  # fmt: skip
    host = chance.choice(world.mail_hosts)
    if not spoken:
        return f"{local}@{host}"
    names = {".": " dot ", "_": " underscore ", "-": " dash "}
    said = "".join(names.get(letter, letter) for letter in local.removesuffix(number))
    if local.endswith(number):
        said += f" {_under_hundred(int(number))}"
    place = host.replace("-", " dash ")
    place = place.replace(".", " dot ") if chance.random() < 0.7 else place.replace(" dash ", "-")
    return f"{said} at {place}"


def _address(world: World, chance: random.Random, *, spoken: bool) -> str:
    house, street = chance.randint(1, 999), chance.choice(world.streets)
    town, state, zip_start = chance.choice(world.towns)
    code = zip_start + _digits(chance, 2)
    if spoken:
        number = _say(str(house), chance) if house > 99 else _under_hundred(house)
        tail = f"{town} {state} {' '.join(_digit(d, chance) for d in code)}"
        return f"{number} {street} {tail}" if chance.random() < 0.7 else f"{number} {street}"
    flat = chance.choice(("", "", f", Apt {chance.randint(1, 40)}"))
    british = f"{chance.choice(('NW1', 'SW1A', 'M1', 'LS2'))} {chance.randint(1, 9)}AB"
    return chance.choice(
        (f"{house} {street}{flat}, {town}, {state} {code}", f"{house} {street}{flat}",
         f"{house} {street}, London {british}", f"{house} {street}, {town} {code}")
    )  # fmt: skip
