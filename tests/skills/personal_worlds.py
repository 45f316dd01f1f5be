"""Two worlds to make transcripts of: names, streets and sentences, with nothing in common.

DEV is for whoever changes the rules; HELD is what the figures are measured on, and is not looked at
meanwhile. In a sentence {card} and the like stand for what is personal, {order} and the like for
numbers that are nobody's; "|" divides the turns of two people.
"""

from __future__ import annotations

from dataclasses import dataclass


def words(listed: str) -> tuple[str, ...]:
    """The words of a list that is written as a text."""
    return tuple(listed.split())


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """What transcripts are made of."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    companies: tuple[str, ...]
    streets: tuple[str, ...]
    towns: tuple[tuple[str, str, str], ...]  # town, state and the first digits of its ZIP code
    mail_hosts: tuple[str, ...]
    personal: dict[str, tuple[str, ...]]
    harmless: tuple[str, ...]
    talk: tuple[str, ...]


DEV = World(
    first=words(
        "John Maria Ahmed Sophie Carlos Priya Thomas Emily Wei Fatima Robert Laura Diego "
        "Hannah Kevin Olga Samuel Grace Ivan Chloe"
    ),
    last=words(
        "Smith Gonzalez Khan Dubois Mendoza Patel Miller Clarke Zhang Hassan Brown Rossi "
        "Herrera Fischer O'Brien Petrova Adams Mitchell Novak Bennett"
    ),
    companies=("Acme Tools", "Northwind", "Globex", "Blue Harbor Insurance", "Initech", "Contoso"),
    streets=(
        "Maple Street",
        "Oak Avenue",
        "Mill Road",
        "Cedar Lane",
        "Elm Drive",
        "Harbour Way",
        "Lincoln Boulevard",
        "Park Place",
        "Station Road",
        "Sunset Court",
    ),
    towns=(
        ("Springfield", "Illinois", "627"),
        ("Denver", "Colorado", "802"),
        ("Austin", "Texas", "787"),
        ("Portland", "Oregon", "972"),
        ("Albany", "New York", "122"),
    ),
    mail_hosts=("gmail.com", "yahoo.com", "northwind.co.uk", "globex.org", "web.de"),
    personal={
        "card": (
            "My card number is {card}.",
            "Can I take the long number on the front? | Sure, {card}.",
            "Please charge the Visa {card} for the renewal.",
            "What is the card number please? | It's {card}. | Thank you.",
            "I read it from my credit card: {card}.",
        ),
        "phone": (
            "You can call me back on {phone}.",
            "What's the best phone number? | {phone}.",
            "My mobile is {phone} if we get cut off.",
            "Please reach me at {phone} after lunch.",
            "The number is {phone}, that's my cell.",
        ),
        "email": (
            "My email is {email}.",
            "Please send the invoice to {email}.",
            "What email address do we have? | It should be {email}.",
            "You can write to {email} any time.",
        ),
        "address": (
            "I live at {address}.",
            "The parcel goes to {address}.",
            "Could you confirm your address? | Yes, {address}.",
            "We moved to {address} last month.",
        ),
        "id": (
            "My social security number is {ssn}.",
            "For the check I need your social. | {ssn}.",
            "My national insurance number is {nino}.",
            "The tax id is {steuer}.",
            "My DNI is {dni}.",
        ),
        "account": (
            "The IBAN is {iban}.",
            "Please pay it into {iban}.",
        ),
        "name": (
            "My name is {name}.",
            "Good morning, this is {name} from {company}.",
            "Am I speaking with {name}? | Yes, you are.",
            "I talked to {name} about this yesterday.",
            "The account is in the name of {name}.",
        ),
    },
    harmless=(
        "My order number is {order}.",
        "The ticket is {ticket}.",
        "It cost {price} last year.",
        "We have a one on one on {date}.",
        "The tracking number says {tracking}.",
        "It is a five minute drive from the office.",
        "We bought {quantity} licenses in {year}.",
        "The invoice {order} was paid on {date}.",
        "I waited for {quantity} minutes and then {quantity} more.",
        "Our support is there twenty four seven.",
        "Look at amazon dot com for the price.",
        "The booking reference is {ticket}.",
        "Version {version} fixed it for us.",
        "It happened in {year} or {year}.",
        "About {quantity} people came, one or two left early.",
        "Please press one for sales and two for support.",
        "The meeting is at {time} in room {quantity}.",
    ),
    talk=(
        "Thanks for calling, how can I help you today?",
        "I have a question about my last bill.",
        "Let me check that for you, one moment.",
        "That sounds good, thank you.",
        "Is there anything else I can do?",
        "It stopped working after the update.",
        "I understand, that must be annoying.",
        "No, that was all. Have a nice day.",
        "The delivery never arrived and I am not happy.",
        "I will send you a confirmation.",
    ),
)

HELD = World(
    first=words(
        "William Aisha Pedro Katarzyna Liam Mei Omar Charlotte Dmitri Isabella Noah Ingrid "
        "Rajesh Abigail Mateo Yuki Patrick Zainab Oliver Elena Victor Rosa Daniel Freya Marcus"
    ),
    last=words(
        "Johnson Okafor Silva Kowalski Murphy Tanaka Farouk Hughes Volkov Romano Anderson "
        "Larsen Gupta Foster Vargas Sato Sullivan Malik Wright Popescu Hoffmann Jimenez Baker "
        "Nilsen Thompson"
    ),
    companies=("Umbra Energy", "Pied Piper", "Vandelay", "Hooli", "Stark Plumbing", "Redwood Bank"),
    streets=(
        "Birch Street",
        "Washington Avenue",
        "Church Road",
        "Willow Lane",
        "Highland Drive",
        "Meadow Close",
        "Jefferson Boulevard",
        "Market Square",
        "Queens Road",
        "Juniper Court",
        "Victoria Terrace",
        "Fifth Avenue",
    ),
    towns=(
        ("Madison", "Wisconsin", "537"),
        ("Tucson", "Arizona", "857"),
        ("Nashville", "Tennessee", "372"),
        ("Boise", "Idaho", "837"),
        ("Raleigh", "North Carolina", "276"),
        ("Dayton", "Ohio", "454"),
    ),
    mail_hosts=(
        "outlook.com",
        "hotmail.com",
        "umbra-energy.com",
        "hooli.io",
        "icloud.com",
        "gmx.net",
    ),
    personal={
        "card": (
            "Okay so the card reads {card}.",
            "And which card shall I use? | The Mastercard, {card}.",
            "I'd like to pay by card. | Go ahead with the number. | {card}.",
            "It's {card}, and it runs out next spring.",
            "You have my old debit card on file, the new one is {card}.",
        ),
        "phone": (
            "If the line drops, ring {phone}.",
            "Do you have a number where we can get hold of you? | Of course, {phone}.",
            "My husband's phone is {phone}.",
            "Text me on {phone} when the driver is near.",
            "{phone} is my work number.",
            "I'm calling from {phone} in case you need it.",
        ),
        "email": (
            "Could you forward that to {email}?",
            "And your e-mail? | That would be {email}.",
            "I signed up with {email}.",
            "It's {email}, all lower case.",
            "The best way to contact me is {email}.",
        ),
        "address": (
            "Our new place is {address}.",
            "Where should the technician go? | To {address}.",
            "Ship the replacement to {address}.",
            "The billing address is {address}.",
            "She lives at {address} with her mother.",
        ),
        "id": (
            "And the social is {ssn}.",
            "Can you verify your SSN for me? | Yes, it's {ssn}.",
            "I've got the NI number here, {nino}.",
            "Meine Steuer-ID, so my German tax number, is {steuer}.",
            "It says DNI {dni} on my papers.",
        ),
        "account": (
            "My bank account is {iban}.",
            "Transfer the refund to {iban} please.",
        ),
        "name": (
            "Hello, {name} speaking.",
            "You're talking to {name} at {company}.",
            "Could I get your full name? | It's {name}.",
            "My colleague {name} promised me a refund.",
            "Hi, I'm {name} and I have a problem.",
            "Is {name} in the office today?",
        ),
    },
    harmless=(
        "I ordered it under {order}.",
        "Your case number is {ticket}, please keep it.",
        "They wanted {price} for it and then {price} more.",
        "The parcel with tracking code {tracking} is lost.",
        "We are open from {time} until {time}.",
        "It was {year} when we signed, maybe {year}.",
        "Down the road there's a two way street and a four lane highway.",
        "The serial number is {order}.",
        "We shipped {quantity} boxes on {date}.",
        "My reservation {ticket} was cancelled.",
        "No one told me, and this one is the third one.",
        "The firmware is {version} and the model is {ticket}.",
        "You can find it at example dot com under prices.",
        "The flight is {ticket} at {time}.",
        "I scored {quantity} out of {quantity}.",
        "It takes two to three weeks, four at most.",
        "The order with reference {order} came on {date}.",
        "There were {quantity} calls and {quantity} chats last week.",
    ),
    talk=(
        "You're through to support, what can I do for you?",
        "My internet has been down since the morning.",
        "Bear with me while I open your file.",
        "Great, I have noted that.",
        "Could you repeat that a little slower?",
        "I'd like to speak to a manager about the bill.",
        "We apologise for the inconvenience.",
        "That's everything, goodbye.",
        "The heating makes a strange noise at night.",
        "I'll put it in the system right away.",
        "Wonderful, then we are done here.",
    ),
)
