"""Reads the training texts: translations and names shipped inside ordinary Python packages (see requirements.txt).

Sources and licences: Django, Sphinx and Wagtail translations (BSD), django-allauth translations (MIT), and the names of
places, languages, months and currencies of Unicode CLDR as packaged by Babel (Unicode License v3, Babel itself BSD).
"""
import importlib.util
import pathlib
import re

from babel import Locale
from babel.core import UnknownLocaleError

PACKAGES = ["allauth", "django", "sphinx", "wagtail"]

# Our name of a language: the names its translations go by in the packages, and its CLDR locale.
LANGUAGES = {
    "af": "af", "ar": "ar ar_dz", "az": "az az_az", "be": "be", "bg": "bg", "br": "br", "ca": "ca ca@valencia",
    "cs": "cs", "cy": "cy", "da": "da", "de": "de", "el": "el", "en": "en en_gb en_au", "eo": "eo",
    "es": "es es_ar es_mx es_co es_419", "et": "et", "eu": "eu", "fa": "fa", "fi": "fi", "fo": "fo", "fr": "fr",
    "ga": "ga", "gd": "gd", "gl": "gl", "he": "he he_il", "hr": "hr hr_hr bs sr_latn", "hsb": "hsb dsb", "hu": "hu",
    "hy": "hy", "id": "id id_id ms", "is": "is is_is", "it": "it", "ja": "ja", "ka": "ka", "kk": "kk", "ko": "ko",
    "ky": "ky", "lt": "lt", "lv": "lv", "mk": "mk", "mn": "mn", "mt": "mt", "nb": "nb nb_no no nn", "nl": "nl fy",
    "pl": "pl", "pt": "pt pt_br pt_pt", "ro": "ro", "ru": "ru", "se": "se", "sk": "sk sk_sk", "sl": "sl",
    "sq": "sq", "sr": "sr", "sv": "sv", "tg": "tg", "th": "th", "tr": "tr tr_tr", "tt": "tt", "uk": "uk uk_ua",
    "ur": "ur", "uz_Cyrl": "uz_cyrl", "vi": "vi", "yi": "yi", "zh_Hans": "zh_cn zh_hans zh",
    "zh_Hant": "zh_tw zh_hant",
}

NOT_PROSE = re.compile(
    r"%\([^)]*\)[a-z]|%\S|\{[^}]*\}|\$\{?\w+\}?|<[^>]*>|&#?\w+;|https?://\S+|\S+@\S+|``?[^`]*``?|:\w+:|\\.|\w+_\w+|--\w+|\w+\.\w+"
)


def messages(path):
    """The translated messages of a .po file, its header left out, and the English ones they stand for."""
    field, fields, pairs = None, {}, []
    for line in path.read_text(encoding="utf-8").splitlines() + [""]:
        if match := re.match(r'(msgid|msgid_plural|msgstr)(\[\d+\])? "(.*)"$', line):
            field = match[1] + (match[2] or "")
            fields[field] = match[3]
        elif line.startswith('"') and field:
            fields[field] += line[1:-1]
        elif not line:
            if fields.get("msgid"):
                pairs.append((fields["msgid"], [v for k, v in sorted(fields.items()) if k.startswith("msgstr") and v]))
            field, fields = None, {}
    return pairs


def clean(message):
    return " ".join(NOT_PROSE.sub(" ", message.replace("\\n", " ").replace('\\"', '"')).split())


def translations():
    """Language to its list of messages, in the order of packages and paths, each message once."""
    ours = {theirs: ours for ours, names in LANGUAGES.items() for theirs in names.split()}
    found = {language: {} for language in LANGUAGES}
    for package in PACKAGES:
        root = pathlib.Path(importlib.util.find_spec(package).origin).parent
        for path in sorted(root.rglob("LC_MESSAGES/*.po")):
            language = ours.get(path.parent.parent.name.lower().replace("-", "_"))
            if not language:
                continue
            for english, theirs in messages(path):
                found["en"][clean(english)] = None
                if language != "en":
                    found[language].update((clean(text), None) for text in theirs)
    return {language: list(texts) for language, texts in found.items()}


def names(language):
    """The names of places, languages, months, days and currencies in CLDR."""
    try:
        locale = Locale.parse(language)
    except UnknownLocaleError:
        return []
    tables = [locale.territories, locale.languages, locale.currencies]
    for months in (locale.months, locale.days):
        tables += [months["format"]["wide"]]
    return [str(text) for table in tables for _, text in sorted(table.items(), key=lambda item: str(item[0]))]


def training_texts():
    """Language to a list of short texts."""
    texts = translations()
    return {language: texts[language] + names(language) for language in sorted(LANGUAGES)}


if __name__ == "__main__":
    for language, texts in training_texts().items():
        print(language, len(texts), sum(map(len, texts)), repr(" ".join(texts[100:108]))[:150])
