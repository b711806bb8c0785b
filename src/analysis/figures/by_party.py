"""The figure of everybody harmed, by party: what is certain of each, and behind it all numbers.

A bar is what is counted once; the pale one behind it is what adding up every published number
would give. Parts are thin bars inside their whole.
"""

from collections.abc import Collection

import pandas as pd

from analysis.bounds import drawn as bounds
from analysis.bounds.parties import parties_of
from analysis.charts.named_bars import NamedBars, draw_named_bars
from analysis.charts.sheet import NORMAL, SMALL, Paper
from analysis.charts.style import GREY
from analysis.data.dataset import Dataset
from analysis.data.links import chain, links
from analysis.data.nesting import ATTRIBUTES, BY
from analysis.data.outcome import nesting
from analysis.data.problems import NothingToDrawError
from analysis.figures import figure, naming, readings, wording
from analysis.figures.panels import tallies_of
from analysis.figures.party_rows import ByParty, all_added, bars_of, name_of, notes_of
from analysis.language.locales import Locale

_ROWS, _CARD, _FEW = 12, 4, 3
"""Most rows of the figure, parts of parts left out first; of a card; of a title."""
_SENTENCES = ("killed", "injured")
"""Harms of which a title is a sentence."""


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    *,
    parties: Collection[str] | None = None,
    tallies: Collection[str] | None = None,
    by: str | None = None,
) -> ByParty:
    """How many of each party: at least, at most, and behind it all published numbers added.

    Of each of ``parties`` (else of all) the total of the source that counts most of them up to the
    latest day, or of ``tallies`` each. Parts stand inside their whole, with their own days where
    those differ. With ``by`` ("attributed_to", "area", "victim_group", "cause") there is a bar for
    each party held responsible, area, group or cause. Who is counted for something else, such as
    those evacuated, is named and never added.

    Examples
    --------
    >>> import analysis
    >>> figure = analysis.plot_by_party(analysis.load("data/report"))
    >>> figure.numbers.query("depth == 0").set_index("party_id")["low"].to_dict()
    {'civilians': 41, 'government_forces': 43, 'islamic_state': 61}
    """
    if by is not None and by not in BY:
        raise ValueError(f"by is one of {', '.join(BY)}, or None, not {by!r}")
    if tallies is not None and (by is not None or parties is not None):
        raise ValueError("tallies are drawn each as it is: leave out by and parties, or tallies")
    tallies_of(dataset, parties, tallies)
    table = parties_of(dataset)
    if tallies is None:
        harm = harm or bounds.default_harm(dataset)
        bounds.outermost_counted(dataset, harm)  # raises where nobody is counted so
        drawn, others, apart = bounds.by_source(dataset, harm, parties)
        tallies = _inside_others(dataset, harm, parties)
    else:
        harm = bounds.chosen_harm(dataset, tallies, harm)
    if tallies:
        drawn = table.named(tallies)
        others, apart = drawn[:0], drawn[drawn["harm"] != harm]
    if drawn.empty:
        raise bounds.no_primary_count(dataset, harm)
    sources = drawn.groupby("source_original", dropna=False, sort=False).ngroup()
    drawn = drawn.loc[sources.sort_values(kind="stable").index]
    rows = table.rows_of(drawn) if by is None else table.by_value(drawn, by)
    if rows.empty:
        raise NothingToDrawError(f"nothing to draw: no tally of these people names its {by}")
    names = bounds.with_descendants(dataset, ";".join(rows["tally_id"]).split(";"))
    return ByParty(
        dataset,
        _most(rows),
        figure.rests_on(dataset, pd.DataFrame({"tally_id": names})),
        harm,
        (drawn["date_start"].min(skipna=False), drawn["date_end"].max()),
        summed=table.together(drawn) if tallies else drawn,
        left_out=max(0, len(rows) - _ROWS),
        others=_in_order(others, drawn),
        apart=apart,
        by=by,
    )


def _inside_others(dataset: Dataset, harm: str, parties: Collection[str] | None) -> list[str]:
    """The tallies of some parties, where one is counted only inside those of others."""
    tallies = dataset.tallies[dataset.tallies["harm"] == harm].set_index("tally_id")["party_id"]
    nested = nesting(dataset)
    outer = nested.outermost(tallies.index[tallies.isin(parties or [])])
    whole = [name for name in outer if nested.roots[name] == name]
    return outer if {*tallies[outer]} - {*tallies[whole]} else []


def _most(rows: pd.DataFrame) -> pd.DataFrame:
    """As many rows as can be read: wholes before parts, great numbers first, in their order."""
    ranked = rows.sort_values(["depth", "low"], ascending=[True, False], kind="stable")
    return ranked.head(_ROWS).sort_index().reset_index(drop=True)


def _in_order(others: pd.DataFrame, drawn: pd.DataFrame) -> pd.DataFrame:
    """Rows of other sources: first of parties that nobody is drawn of, then the latest."""
    shown = others["party_id"].isin(drawn["party_id"])
    order = {"by": ["shown", "date_end", "low"], "ascending": [True, False, False]}
    return others.assign(shown=shown).sort_values(**order, kind="stable")


def words(found: ByParty, locale: Locale) -> figure.FigureText:
    """How many of each party in the title, else how many in all; each row in the alt text."""
    title, *shorter = map(locale.capital, _titles(found, locale))
    blocks = found.numbers.groupby((found.numbers["depth"] == 0).cumsum())
    rows = [_in_words(found, block, locale) for _, block in blocks]
    what, parts = _what(found, locale)
    about = {"persons": readings.one_source(found.summed), "shorter": shorter}
    return figure.FigureText(title, rows, what, parts, notes_of(found, locale), **about)


def _titles(found: ByParty, locale: Locale) -> list[str]:
    """How many of each party and in all, with who counted: who says so where pages state it."""
    total = readings.people_in(found.summed, found.harm, locale)
    if not readings.one_source(found.summed):
        return [total]
    each, rows = _of_each(found, locale), found.summed if found.by else found.wholes
    alone = len(found.summed) == 1
    if alone and len(rows) == 1 and not _is_everybody(found, rows.iloc[0]):
        each, total = [], _as_people(found, rows, locale) or _as_pairs(found, rows, locale)
    stated = not found.summed["calculated"].any()
    source = wording.source(found.summed["source_original"].iloc[0], locale)
    titles = []
    for title in (*each, *_with_some(found, total, locale), total):
        message = "title says" if stated and (alone or title in each) else "title counted"
        titles.append(locale(message, title=title, source=source))
    return titles


def _is_everybody(found: ByParty, row: pd.Series) -> bool:
    """Whether a row is of all who are counted so, whoever and wherever they are."""
    tallies, part_of = found.dataset.tallies, links(found.dataset.parties, "party_id", "part_of")
    parties = tallies.loc[tallies["harm"] == found.harm, "party_id"].unique()
    whole = all(row["party_id"] in chain(name, part_of) for name in parties)
    return whole and row[[*ATTRIBUTES]].drop("area").isna().all()


def _of_each(found: ByParty, locale: Locale) -> list[str]:
    """A title that says how many of each of a few parties."""
    rows = found.wholes[found.wholes["low"] > 0]
    few = found.by is None and 0 < len(rows) <= _FEW
    if not few or len(found.summed) != len(found.wholes) or found.harm not in _SENTENCES:
        return []
    people, row = _as_people(found, rows, locale), rows.iloc[0]
    if not people and len(rows) == 1 and row[[*ATTRIBUTES]].drop("area").isna().all():
        return []
    return [people or _as_pairs(found, rows, locale)]


def _as_people(found: ByParty, rows: pd.DataFrame, locale: Locale) -> str:
    """A sentence with so many of each row; none where one needs its label."""
    is_open = (rows["low"] != rows["high"]).fillna(True)
    at_once = bool(is_open.iloc[0])  # "at least" holds for all
    counted = rows.assign(high=rows["low"] if at_once else rows["low"].mask(is_open))
    people = [
        wording.people(found.dataset, row, locale, at_least=True) for row in counted.itertuples()
    ]
    is_short = any(_is_short(found, row) for row in rows.itertuples())
    none_sure = not rows["low"].all()
    if None in people or is_short or none_sure or found.harm not in _SENTENCES:
        return ""
    text = locale.listed(people)
    return locale(f"title {found.harm}", rows=locale("at least", low=text) if at_once else text)


def _as_pairs(found: ByParty, rows: pd.DataFrame, locale: Locale) -> str:
    """The name of each row with its count."""
    pairs = locale.join((_pair(found, row, locale) for row in rows.itertuples()), "list")
    return locale("title pairs", harm=locale.term("harm", found.harm), rows=pairs)


def _is_short(found: ByParty, row) -> bool:
    """Whether a row is of so few of the figure's days that nobody would compare it unwarned."""
    days = row.date_end - row.date_start, found.days[1] - found.days[0]
    day = pd.Timedelta(days=1)
    return bool(2 * (days[0] + day) < days[1] + day)  # not where no first day is given


def _pair(found: ByParty, row, locale: Locale) -> str:
    """A party and its count in a title, with its days where they are few."""
    count = locale.count(row.low, row.high)
    pair = locale("headline row", label=name_of(found, row, locale), count=count)
    if not _is_short(found, row):
        return pair
    days = locale.window(row.date_start, row.date_end, found.spans_years)
    return locale("windowed", count=pair, window=days)


def _with_some(found: ByParty, total: str, locale: Locale) -> list[str]:
    """A title: how many in all, and how many of them by whoever did most, or civilians; or none."""
    if found.by == "attributed_to" and len(found.summed) == 1:
        most = found.numbers.loc[found.numbers.dropna(subset="attributed_to")["low"].idxmax()]
        count = locale.count(*wording.certain(most["low"], most["high"]))
        who = naming.held_responsible(found.dataset, most["attributed_to"], locale)
        return [locale("title attributed", total=total, count=count, who=who)]
    status = found.dataset.parties.set_index("party_id")["status"]
    civilians = found.summed[found.summed["party_id"].map(status) == "civilian"]
    if not 0 < len(civilians) < len(found.summed) or not civilians["low"].sum():
        return []
    people = locale.people("civilian", *readings.sum_of(civilians))
    return [locale("title civilians", total=total, civilians=people)]


def _what(found: ByParty, locale: Locale) -> tuple[str, dict[str, str]]:
    """What the figure shows: what adding up would give, or by what the rows differ."""
    if found.by:
        what = locale("what by party", harm=locale.term("harm", found.harm))
        return f"by {found.by}", {"what": what}
    added = all_added(found)
    if not added or not readings.one_source(found.summed):
        return "what by party", {}
    count = locale.count(*readings.sum_of(found.summed))
    return "what added", {"added": locale.number(added), "count": count}


def _in_words(found: ByParty, block: pd.DataFrame, locale: Locale) -> str:
    """A party's total with its parts, and theirs in brackets."""
    whole = next(block.itertuples())
    count = wording.count(found.dataset, whole, locale)
    total = locale("labelled", label=name_of(found, whole, locale), count=count)
    return locale.join([total, *_parts(found, block, whole.tally_id, locale)], "list")


def _parts(found: ByParty, block: pd.DataFrame, whole: str, locale: Locale) -> list[str]:
    """The parts of a whole as one text, or nothing."""
    parts = []
    for row in block[block["subset_of"] == whole].itertuples():
        part = naming.part_in_words(found.dataset, row.tally_id, (row.low, row.high), locale)
        for inside in _parts(found, block, row.tally_id, locale):
            part = locale("windowed", count=part, window=inside)
        parts.append(part)
    return [locale("of them", text=locale.listed(parts))] if parts else []


def draw(paper: Paper, found: ByParty) -> None:
    """A bar a party, its parts as thin ones inside its length; a source a block."""
    draw_named_bars(paper, bars_of(found, paper.locale))
    paper.shown.clear()  # every bar has its words


def draw_card(paper: Paper, found: ByParty, tall: float) -> None:
    """The bars of as many parties as there is room for in so many inches."""
    plain = dict.fromkeys(("more", "above", "below"), "") | {"link": None}
    every = [bar._replace(**plain) for bar in bars_of(found, paper.locale) if not bar.depth]
    for number in range(min(len(every), _CARD), 0, -1):
        bars, room = every[:number], tall - 0.14 * (number < len(every))
        rows = NamedBars(paper, bars, max(0.14, min(0.26, room / number - 0.09)), NORMAL + 2)
        if rows.heights(bars) <= room:
            break
    for bar in bars:
        rows.draw(bar)
    if len(bars) < len(every):
        more = paper.locale("and others", number=len(every) - len(bars))
        paper.paragraph(more + ".", SMALL, colour=GREY)


plot_by_party = figure.make_plot("by_party", numbers, words, draw, draw_card)
