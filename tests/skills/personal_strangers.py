"""A third world to make transcripts of: what a call centre asks for, and numbers that look alike.

Like DEV it was looked at while rules were changed, so it shows that they hold, not how well.
"""

from __future__ import annotations

from tests.skills.personal_worlds import World, words

STRANGERS = World(
    first=words(
        "Declan Siobhan Kwame Thandiwe Leila Tomas Greta Hiroshi Bogdan Mairead Luca Ines Angela "
        "Beatriz Anna Robert Farid Agnes Colm Nadia"
    ),
    last=words(
        "Whitaker Osei Rahman Lefevre Iglesias Byrne Yamamoto Ionescu Kaur Fitzgerald Delgado "
        "Weber Baptiste Horvath Chambers Pritchard Abbott Lindqvist Moreau Quinn"
    ),
    companies=("Bluefin", "Brightside", "Orbit Water", "Kestrel Homes", "Lumen Mutual"),
    streets=(
        "Acacia Avenue",
        "Linden Drive",
        "Primrose Hill",
        "Wellington Walk",
        "Castle Road",
        "Orchard Row",
        "Nelson Mews",
        "Windmill Grove",
        "Hawthorn Gardens",
        "Ferry Lane",
    ),
    towns=(
        ("Columbus", "Ohio", "432"),
        ("Seattle", "Washington", "981"),
        ("Tampa", "Florida", "336"),
        ("Omaha", "Nebraska", "681"),
        ("Santa Fe", "New Mexico", "875"),
    ),
    mail_hosts=("example.com", "btinternet.com", "brightside.agency", "orange.fr", "acme-corp.com"),
    personal={
        "card": (
            "So the long number is {card}.",
            "Could you read me the card details? | Yeah, {card}.",
            "Use {card} please, that's my credit card.",
            "And the sixteen digits? | Sure. {card}.",
            "{card} is the one you should take it from.",
            "I'll just read it out. {card}. Did you get that?",
        ),
        "phone": (
            "My number's {phone}.",
            "Give me a ring on {phone} when it's ready.",
            "Can I take a contact telephone number? | Yes, it's {phone}.",
            "Just text {phone} when you get here.",
            "The line I'm calling about is {phone}.",
            "Try me at {phone} tomorrow.",
        ),
        "email": (
            "So that was {email}, correct?",
            "You'd get me on {email}.",
            "The account is under {email}.",
            "Can you send it across? | Sure, where to? | {email}.",
            "It should have gone to {email}.",
        ),
        "address": (
            "First line of your address? | {address}.",
            "We're at {address}.",
            "It needs to be collected from {address}.",
            "Can you confirm the address on file? | Yes it's {address}.",
        ),
        "id": (
            "Could I get your full social? | Sure, it's {ssn}.",
            "And your national insurance? | {nino}.",
            "It's {nino}, my NINO.",
            "DNI number {dni}.",
            "Steueridentifikationsnummer: {steuer}.",
            "My passport number is {passport}.",
            "And what's the number on your passport? | {passport}.",
        ),
        "account": (
            "Could I take the IBAN? | {iban}.",
            "Please refund it to {iban}.",
            "And the sort code? | {sort}.",
            "The account number for the direct debit is {account}.",
            "The account is with Barclays, and the account number is {account}.",
        ),
        "birth": (
            "My date of birth is {birth}.",
            "Can I take your date of birth for security? | Yes, {birth}.",
            "She was born on {birth}.",
            "And your date of birth? | {birth}.",
        ),
    },
    harmless=(
        "The licence key is {order}.",
        "Sales grew from {year} to {year} between {year} and {year}.",
        "He scored {quantity}, {quantity} and {quantity} in the three rounds.",
        "The part number is {ticket}, quantity {quantity}.",
        "Your reference is {order}.",
        "The meter reading is {quantity}.",
        "My customer number is {order}.",
        "The policy number is {order}, and it ends on {date}.",
        "Your confirmation number is {ticket}.",
        "The firmware is {version}, from {date}.",
        "Case number {order}, opened on {date}.",
        "It's a three bedroom house on a quiet street.",
        "Take the second street on the left and go down the hill.",
        "I look at amazon dot com every day.",
        "That comes to {price}, or {price} with the delivery.",
        "One two three, testing, one two three.",
        "between nine thirty and eleven fifteen on the twenty first",
        "The transaction id ends with {quantity}.",
    ),
    talk=(
        "Sorry, the line isn't great.",
        "I was told somebody would come on Monday.",
        "Let me just pull that up.",
        "Okay, brilliant.",
        "I've been a customer for nine years.",
        "It keeps dropping out in the evening.",
        "Right, that's done.",
    ),
)
