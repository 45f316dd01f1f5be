"""The language of a text is told by its commonest words, or left open."""

from __future__ import annotations

import pytest

from skills.models.tongue import UNKNOWN, find_tongue

TEXTS = {
    "en": "The bridge over the harbour will be closed from the fourth of May, as the council "
    "decided on Monday. Experts had found cracks in two of the nine pillars, and repairs are to "
    "last about seven months.",
    "de": "Die Hafenbrücke wird ab dem vierten Mai gesperrt, wie der Stadtrat am Montag beschloss. "
    "Fachleute fanden im März Risse in zwei der neun Pfeiler, und die Arbeiten dauern ungefähr "
    "sieben Monate.",
    "fr": "Le pont du port sera fermé à partir du quatre mai, comme le conseil l'a décidé lundi. "
    "Des experts ont trouvé en mars des fissures dans deux des neuf piliers, et les travaux sont "
    "prévus pour sept mois.",
    "es": "El puente del puerto se cerrará a partir del cuatro de mayo, como decidió el consejo el "
    "lunes. Los expertos encontraron en marzo grietas en dos de los nueve pilares, y las obras "
    "durarán unos siete meses para una mayor seguridad.",
    "nl": "De brug over de haven gaat vanaf vier mei dicht, zoals de raad maandag besloot. Er "
    "werden scheuren gevonden in twee van de negen pijlers, en het werk duurt naar schatting "
    "zeven maanden voor het klaar is.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_language_is_told_by_its_commonest_words(code: str) -> None:
    assert find_tongue([TEXTS[code]]) == code


def test_another_script_is_an_unknown_language() -> None:
    text = "Мост через гавань будет закрыт с четвёртого мая как решил совет в понедельник " * 3

    assert find_tongue([text]) == UNKNOWN


def test_a_long_text_without_known_words_is_in_an_unknown_language() -> None:
    text = "Sataman ylittävä silta suljetaan toukokuun neljäntenä kuten neuvosto päätti " * 15

    assert find_tongue([text]) == UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Der Hafen ist zu.",
        "Northwind Services GmbH, Hafenstrasse 12, Hamburg. Net amount 7,557.00 VAT 1,435.83 Total "
        "due EUR 8,992.83. Bill to Lakeside Clinics, Mill Road, Leeds. IBAN. Monitor, keyboard, "
        "cable, mouse, docking station, installation, recycling, shipping, customs, insurance.",
    ],
)
def test_names_and_figures_are_no_other_language(text: str) -> None:
    assert find_tongue([text]) == ""
