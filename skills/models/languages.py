"""The languages that Whisper knows, by their codes, in the words that people use."""

from __future__ import annotations

from core.errors import UserError

NAMES = (
    "en English|zh Chinese|de German|es Spanish|ru Russian|ko Korean|fr French|ja Japanese|"
    "pt Portuguese|tr Turkish|pl Polish|ca Catalan|nl Dutch|ar Arabic|sv Swedish|"
    "it Italian|id Indonesian|hi Hindi|fi Finnish|vi Vietnamese|he Hebrew|uk Ukrainian|"
    "el Greek|ms Malay|cs Czech|ro Romanian|da Danish|hu Hungarian|ta Tamil|no Norwegian|"
    "th Thai|ur Urdu|hr Croatian|bg Bulgarian|lt Lithuanian|la Latin|mi Maori|ml Malayalam|"
    "cy Welsh|sk Slovak|te Telugu|fa Persian|lv Latvian|bn Bengali|sr Serbian|"
    "az Azerbaijani|sl Slovenian|kn Kannada|et Estonian|mk Macedonian|br Breton|eu Basque|"
    "is Icelandic|hy Armenian|ne Nepali|mn Mongolian|bs Bosnian|kk Kazakh|sq Albanian|"
    "sw Swahili|gl Galician|mr Marathi|pa Punjabi|si Sinhala|km Khmer|sn Shona|yo Yoruba|"
    "so Somali|af Afrikaans|oc Occitan|ka Georgian|be Belarusian|tg Tajik|sd Sindhi|"
    "gu Gujarati|am Amharic|yi Yiddish|lo Lao|uz Uzbek|fo Faroese|ht Haitian Creole|"
    "ps Pashto|tk Turkmen|nn Nynorsk|mt Maltese|sa Sanskrit|lb Luxembourgish|my Burmese|"
    "bo Tibetan|tl Tagalog|mg Malagasy|as Assamese|tt Tatar|haw Hawaiian|ln Lingala|"
    "ha Hausa|ba Bashkir|jw Javanese|su Sundanese|yue Cantonese"
)
LANGUAGES = {code: name for code, _, name in (pair.partition(" ") for pair in NAMES.split("|"))}


def is_english(code: str) -> bool:
    """Whether it is English, for all that is known: "" is a language that nobody found out."""
    return code in ("", "en")


def find_language(word: str) -> str:
    """The code of a language given by code ("de", "de-AT") or English name; "" when unknown."""
    wanted = word.strip().lower()
    code = wanted.split("-")[0].split("_")[0]
    if code in LANGUAGES:
        return code
    return next((code for code, name in LANGUAGES.items() if name.lower() == wanted), "")


def read_language(word: str) -> str:
    """The code of a language as people write it; "" and "auto" are ""; raises UserError."""
    if not word or word.lower() == "auto":
        return ""
    code = find_language(word)
    if not code:
        raise UserError(
            f"I do not know the language “{word}”: write a code such as en, de or fr, "
            "or leave it out."
        )
    return code
