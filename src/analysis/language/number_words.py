"""Numbers in English, Arabic and French prose, written as digits of any script or as words.

The words come from the spelling rules of CLDR, read by unicode-rbnf
(https://unicode.org/reports/tr35/tr35-numbers.html#Rule-Based_Number_Formatting). They are
compared without vowel marks, gender and case, prefixes of the Arabic word taken off; duals of a
few nouns, such as two dead, count as two. Neighbouring words make as few numbers as they can:
forty is no number of "forty-one", and one hundred and two hundred are two. French words, some of
which mean something else in English, are read where the language is said to be French.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from babel import Locale
from unicode_rbnf import RbnfEngine

SCALES = {"thousand": 1000, "million": 10**6, "الف": 1000, "الفا": 1000, "الاف": 1000}
SCALES |= {"mille": 1000, "millions": 10**6, "مليون": 10**6, "مليونا": 10**6, "ملايون": 10**6}
ALONE = {"mille": 1, "الف": 1, "الفا": 2, "مليون": 1, "مليونا": 2}
"""Scales that are a number without one before them, and how many of the scale."""

_TOKEN = re.compile(
    r"(?P<other>\b\d{4}([-/.])\d\d?\2\d\d?\b|\b\d\d?([-/.])\d\d?\3\d{2,4}\b|\d+:\d+"  # day, time
    r"|[A-Za-z]-?\d\w*|\d++(?:[.,]\d++)*+(?:\s?[%٪]|-year|[A-Za-z]+))"  # F-16, 40 %, 41st
    r"|(?P<thousands>\d{1,3}([.,٬'’ ])\d{3}(?:\5\d{3})*+(?![.,٫٬]?\d))"
    r"|(?P<decimal>\d++(?:[.,٫٬]\d++)++)|(?P<digits>\d++)"
    r"|(?P<word>[^\W\d_]++)|(?P<stop>[^\s\w-])"
)
_DUAL = re.compile(
    "(?:قتيل|جريح|شهيد|طفل|رضيع|رجل|شخص|جندي|ضابط|عنصر|شاب|شقيق|طبيب|ضحيت|جثت|طفلت|امرات"
    "|سيدت|فتات|مدنيت|حارس|ممرضت|قتيلت|جريحت|عاملت|طبيبت|صحفيت|طالب|تلميذ|بحار|شيخ|سجين|اسير|راكب"
    "|مريض|بنت|ولد|نزيل|رهينت|طالبت|تلميذت|معلمت|مسعفت|شقيقت|مصابت|ناشطت|لاجئت|موظفت|شابت|رضيعت)"
    "(?:ان|ين)|(?:مدني|مقاتل|مسلح|مسعف|صحافي|صحفي|شرطي|عسكري|مهاجر|لاجئ|متطوع|منقذ|ممرض|معلم|مهاجم"
    "|عامل|صياد|موظف|سائق|مصاب|مفقود|مواطن|مدرس|مزارع|اطفائي|قيادي|ناشط|متظاهر|مصور|اعلامي|متمرد|مجند"
    "|مراسل|قاصر|مسن|نازح|معتقل|محتجز|مختطف|مسافر|سائح|حاج|مدرب|مهندس)ان"
)
"""Duals; of nouns whose plural also ends in -in, only the form that cannot be the plural."""
LETTERS = str.maketrans("أإآٱىیةک", "اااا" + "يي" + "هك")
_PREFIXES = [a + b for a in ("", "و", "ف") for b in ("", "ب", "ل", "ك", "ال", "بال", "كال", "لل")]
_SPELLINGS = [
    (r"^مئ", "مائ"),
    (r"^ثمان(?:ي|يه)?$", "ثمان"),
    (r"^ثمانيم", "ثمانم"),
    (r"^اثنت?(?:ان|ين|ا|ي)$", "اثنان"),
    (r"^واحدا$", "واحد"),
    (r"^(مائت|الف|مليون)(?:ان|ين|ي)$", r"\1ا"),
    (r"^احدي$", "احد"),
    (r"^une$", "un"),
    (r"^(cent|vingt)s$", r"\1"),
    (r"(?<=..)ين$", "ون"),
    (r"ه$", ""),
]
_LONGEST = 16
"""Most words that one number has."""


def find_numbers(text: str, language: str = "") -> list[int]:
    """The whole numbers in a text, in its order.

    Left out: days, times, percentages, decimals, ordinals, dozens, numbers inside a name.

    >>> find_numbers("Forty-one dead, 11 of them children, a hundred and five hurt in 1,000 raids")
    [41, 11, 105, 1000]
    >>> find_numbers("مقتل واحد وأربعين مدنياً و٤٣ عنصراً وإصابة طفلين")
    [41, 43, 2]
    >>> find_numbers("vingt et une personnes, dont quatre-vingt-dix enfants", "fr")
    [21, 90]
    """
    words = [word for token in _TOKEN.finditer(_plain(text)) for word in _words(token, language)]
    # best[i]: of words[:i], how many number words are in no number, and the numbers; fewest win
    best: list[tuple[int, list[int]]] = [(0, [])]
    for stop in range(1, len(words) + 1):
        left, numbers = best[stop - 1]
        ways = [(left + _is_number_word(words[stop - 1], language), numbers)]
        for start in range(max(0, stop - _LONGEST), stop):
            value = _value(words[start:stop], language)
            if value is not None:
                ways.append((best[start][0], [*best[start][1], value]))
        best.append(min(ways, key=lambda way: (way[0], len(way[1]))))
    return best[-1][1]


def place_numbers(text: str, language: str = "") -> Iterator[tuple[int, int, int]]:
    """Each number in a text, and where its words begin and end; days and years are left out.

    >>> [*place_numbers("On 24 July 2018 the toll was forty-one, with 11 more at 10:30.")]
    [(41, 29, 38), (11, 45, 47)]
    """
    hidden = _dates().sub(lambda date: ";" * len(date[0]), text)
    for clause in re.finditer(r"(?:[^.\n،؛:;!?]|[.:](?!\s))+", hidden):
        whole, seen = find_numbers(clause[0], language), 0
        words = [word.span() for word in re.finditer(r"[^\s,]*[^\s,.]", clause[0])] if whole else []
        for at, (_, stop) in enumerate(words):
            now = find_numbers(clause[0][:stop], language)
            if len(now) > seen and now == whole[: len(now)]:
                starts = (start for start, _ in reversed(words[: at + 1]))
                first = next(
                    start
                    for start in starts
                    if find_numbers(clause[0][start:stop], language)[-1:] == now[-1:]
                )
                yield now[-1], clause.start() + first, clause.start() + stop
                seen = len(now)


@cache
def _dates() -> re.Pattern:
    """Days with their months in English, Arabic and French, and years."""
    locales = map(Locale.parse, ("en", "ar_SY", "ar_EG", "fr"))
    names = {name for each in locales for name in each.months["format"]["wide"].values()}
    month = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    month = rf"(?:{month})(?:\s*/\s*(?:{month}))?"
    day = r"\d{1,2}(?:st|nd|rd|th|er)?"
    year = r"(?:19|20)\d\d\b"
    before = r"\b(?:[Ii]n|[Ss]ince|[Oo]f|[Uu]ntil|[Ff]rom|[Ee]n|[Dd]epuis)\s+|(?:عام|سنة|العام)\s+"
    dates = rf"\b{day}\s+(?:of\s+)?{month}(?:,?\s+{year})?|{month}\s+{year}"
    dates += rf"|{month}\s+{day}(?=\s*(?:[,.;)]|$|{year}))(?:,?\s+{year})?|(?:{before}){year}"
    return re.compile(dates)


def _plain(text: str) -> str:
    """Text with plain letters: no marks, one form of alef, no "a" before hundred, no dozens."""
    text = unicodedata.normalize("NFC", re.sub("اً|ًا", "", text))
    text = "".join(
        unicodedata.normalize("NFKC", sign) if sign.isalpha() or sign.isspace() else sign
        for sign in text
        if unicodedata.category(sign) not in ("Mn", "Cf") and sign != "ـ"
    )
    text = text.translate(LETTERS).lower()
    text = re.sub(r"(الف|مليون)ا(?= و)", r"\1", text)  # two thousand has another ending there
    text = re.sub(r"\ba (?=hundred|thousand|million)", "one ", text)
    text = re.sub(r"(?<=thousand|.million),(?= )", "", text)
    return re.sub(r"\S+[ -]dozens?\b", ";", text)


def _words(token: re.Match, language: str) -> list[str]:
    """A token as the words that :func:`_value` knows; what is none of them stays a word."""
    if token["digits"] or token["thousands"]:
        return [str(int(re.sub(r"\D", "", token[0])))]
    word = token["word"]
    if not word or word in ("and", "et", "و"):
        return ["&" if word else ";"]
    for prefix in _PREFIXES:
        bare = word.removeprefix(prefix)
        weekday = prefix[-2:] in ("ال", "لل") and bare in ("اثنين", "احد")  # Monday, Sunday
        if word.startswith(prefix) and not weekday:
            found = ["2"] if _DUAL.fullmatch(bare) else _spelt(bare)
            if all(_is_number_word(each, language) for each in found):
                return ["&", *found] if prefix.startswith("و") else found
    return [word]


@lru_cache(maxsize=10_000)
def _spelt(word: str) -> list[str]:
    """A word in one spelling, without gender and case; in Arabic three hundred as two words.

    >>> _spelt("ثلاثمئه") == _spelt("ثلاثه") + _spelt("مائه")
    True
    """
    for pattern, spelling in _SPELLINGS:
        word = re.sub(pattern, spelling, word)
    hundreds = re.fullmatch(r"(ثلاث|اربع|خمس|ست|سبع|ثمان|تسع)(?:مائ|مئ)", word)
    return [hundreds[1], "مائ"] if hundreds else [word]


@cache
def _forms(language: str) -> dict[str, int]:
    """Numbers up to 999 by their words, and the hundreds up to ninety-nine in English."""
    forms = {}
    for code in ("en", "ar", "fr") if language == "fr" else ("en", "ar"):
        engine = RbnfEngine.for_language(code)
        for number in range(1000):
            for ruleset, written in engine.format_number(number).text_by_ruleset.items():
                if "cardinal" in ruleset:
                    words = _compared(written)
                    forms[words] = forms[words.replace("hundred ", "hundred & ")] = number
                    forms[words.replace("واحد &", "احد &")] = number
                    if code == "en" and 10 < number < 100 and number % 10:
                        forms[f"{words} hundred"] = number * 100
    return forms


def _compared(written: str) -> str:
    """A number's words as they are compared, ``&`` for "and"."""
    words = re.sub(r" (?:and |et |و)", " & ", _plain(written).replace("-", " "))
    return " ".join(each for word in words.split() for each in _spelt(word))


@cache
def _vocabulary(language: str) -> frozenset[str]:
    return frozenset(word for form in _forms(language) for word in form.split()) - {"&"} | {*SCALES}


def _is_number_word(word: str, language: str) -> bool:
    return word.isdecimal() or word in _vocabulary(language)


def _value(words: list[str], language: str = "") -> int | None:
    """The number that all the words together make.

    >>> _value(["two", "thousand", "&", "forty", "one"]), _value(["forty", "&"])
    (2041, None)
    """
    if words in (["un"], ["احد"]):
        return None  # an article, one of some
    total, before, below = 0, [], float("inf")
    for word in (*words, ""):
        scale = SCALES.get(word, not word)  # the end is a scale of one
        if not scale:
            before += [] if word == "&" and total and not before else [word]
            continue
        if not before:
            times = 0 if total and not word else ALONE.get(word)
        elif len(before) == 1 and before[0].isdecimal():
            times = int(before[0])
        else:
            times = _forms(language).get(" ".join(before))
        if times is None or times * scale >= below or words[-1] == "&":
            return None
        total, before, below = total + times * scale, [], scale
    return total
