"""What a text says with each of its numbers: what happened, to whom, when, and who says so.

Nothing is understood here. Known words near a number are weighed: the word that is joined to it
first, then what it shares with the number before or after it in a list, then what else its
sentence says. All of it is a proposal for a person to confirm.
"""

from datetime import date

from analysis.draft.causes import find_causes
from analysis.draft.days import find_event, find_windows
from analysis.draft.harms import find_harm_words, find_harms
from analysis.draft.numbers import find_qualified
from analysis.draft.sentence import Sentence, Statement
from analysis.draft.sources import find_cited
from analysis.draft.times import find_times
from analysis.draft.words import guess_language, lexicon, read_text, sentences


def read_statements(raw: str, published: date) -> tuple[str, list[Statement]]:
    """The language of a text, and a statement for each of its numbers, in its order."""
    text = read_text(raw)
    language = guess_language(text.plain)
    words = lexicon(language)
    times = find_times(text, published, language)
    numbers = find_qualified(text, times, language)
    found: list[Statement] = []
    events: dict[int, date] = {}  # the day of the event of a paragraph
    for paragraph, start, stop in sentences(text):
        sentence = Sentence(
            text,
            words,
            start,
            stop,
            [each for each in numbers if start <= each.start < stop],
            [each for each in times if start <= each.start < stop],
            find_harm_words(text.plain, start, stop, words),
            words.find("toll", text.plain, start, stop),
        )
        earlier = [each for each in found if each.paragraph == paragraph]
        made = [Statement(each, paragraph) for each in sentence.numbers]
        find_harms(made, sentence, earlier)
        find_windows(made, sentence, events.get(paragraph), published)
        if event := find_event(made, sentence, published):
            events.setdefault(paragraph, event)
        find_cited(made, sentence)
        find_causes(made, sentence)
        found += made
    return language, found
