"""The words around names of people: those that are none, and those in the midst of one."""

from __future__ import annotations

from skills.pii.tokens import words

# Words that end a name: what follows it in a sentence, and what looks like one and is none.
NO_NAMES = frozenset(
    words(
        "a an the and or but so if then than that this these those there here is are was were "
        "be been am do does did have has had will would can could should may might must not no "
        "yes yeah yep ok okay alright right sure hi hello hey thanks thank you please sorry i "
        "i'm i'd i've i'll we we're he he's she she's it it's its they my your his her our "
        "their me us him them who what when where why how which with from for of to in on at "
        "by as about into over after before calling speaking phoning ringing writing here's "
        "again also too just only now today tomorrow yesterday still really very well good "
        "great perfect morning afternoon evening night bye goodbye spelled spelt spell "
        "spelling e-mail email phone number address card date account order zip postcode iban "
        "monday tuesday wednesday thursday friday saturday sunday january february march april "
        "june july august september october november december mr mrs ms miss dr let let's got "
        "get go going need want like know think one two three four five six seven eight nine "
        "ten zero oh double triple street road avenue everyone everybody team all guys sir "
        "madam ma'am dear regards mum mom dad god jesus christ agent customer caller client "
        "speaker operator correct exactly absolutely actually anyway wrong missing different "
        "same name names on under off out up down back because while since until that's what's "
        "born living based working said um uh er erm ah hmm mhm hm fine happy glad afraid "
        "ready done able available interested oracle dell latitude jira eta salesforce lenovo more "
        "less back long short best behind lovely support meeting drivers branch "
        "drive dot com mastercard visa mein meine steuer-id captain general colonel "
        "sergeant lieutenant"
    )
)
PARTICLES = frozenset(words("de da di van von der den del della la le bin al el mac o st ter ten"))
