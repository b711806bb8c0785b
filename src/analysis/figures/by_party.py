"""The figure of everybody harmed, by party: what is certain of each, and behind it all numbers.

A bar is what is counted once; the pale one behind it is what adding up every published number
would give. Parts are thin bars inside their whole.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

import pandas as pd

from analysis.bounds import drawn as bounds
from analysis.bounds.drawn import chosen_harm
from analysis.bounds.leading import leading
from analysis.bounds.parties import SAID, parties_of
from analysis.bounds.totals import ATTRIBUTES
from analysis.charts.named_bars import NamedBars, draw_named_bars
from analysis.charts.sheet import NORMAL, SMALL, Paper
from analysis.charts.style import GREY
from analysis.data.dataset import Dataset
from analysis.data.problems import NothingToDrawError
from analysis.figures import common, naming, party_notes, readings, wording
from analysis.figures.panels import tallies_of
from analysis.figures.party_bars import all_added, bars_of
from analysis.language.locales import Locale

_DAY = pd.Timedelta(days=1)
_ROWS, _CARD, _FEW = 12, 4, 3
"""So many rows are drawn, parts of parts left out first; on a card; and told in a title."""


@dataclass(frozen=True)
class ByParty(common.FigureData):
    """Rows of parties with their parts; ``summed`` is what the title adds up, each person once.

    ``wholes`` are the rows that lie in no other, ``others`` those of further sources, ``apart``
    those of other harms. ``by`` says what there is a row for each value of, behind everybody.
    """

    wholes: pd.DataFrame = field(default_factory=pd.DataFrame)
    others: pd.DataFrame = field(default_factory=pd.DataFrame)
    apart: pd.DataFrame = field(default_factory=pd.DataFrame)
    by: str | None = None


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
    _check(parties, tallies, by)
    tallies_of(dataset, parties, tallies)
    table = parties_of(dataset)
    if tallies is not None:
        harm, every = chosen_harm(dataset, tallies, harm), table.named(tallies)
        wholes = every
    else:
        harm = harm or bounds.main_harm(dataset)
        bounds.whole_of(dataset, harm)  # raises where nobody is counted so
        rows = table.wholes()
        leads = leading(dataset, rows[rows["harm"] == harm], parties)
        leads = leads.reindex(rows.index, fill_value=False)
        every = rows.assign(leads=leads)
        every = every if parties is None else every[every["party_id"].isin(parties)]
        wholes = every[every["harm"] == harm].reset_index(drop=True)
    if wholes.empty:
        raise bounds.nothing_strictly(dataset, harm)
    chosen = pd.Series(True, wholes.index) if tallies is not None else wholes.pop("leads")
    drawn = wholes[chosen].sort_values("source_original", key=_as_met, kind="stable")
    rows = table.rows_of(drawn) if by is None else table.by_value(drawn, by)
    if rows.empty:
        raise NothingToDrawError(f"nothing to draw: no tally of these people names its {by}")
    shown = _most(rows)
    summed = drawn if tallies is None else table.together(drawn)
    tops = shown[shown["depth"] == 0]
    days = drawn["date_start"].min(skipna=False), drawn["date_end"].max()
    others = wholes[~chosen]
    others = others.assign(shown=others["party_id"].isin(drawn["party_id"]))
    order = {"by": ["shown", "date_end", "low"], "ascending": [True, False, False]}
    others = others.sort_values(**order, kind="stable")
    about = {"wholes": tops, "others": others, "apart": every[every["harm"] != harm]}
    about |= {"summed": summed, "by": by, "left_out": len(rows) - len(shown)}
    return ByParty(dataset, shown, _rests_on(dataset, rows), harm, days, **about)


def _check(
    parties: Collection[str] | None, tallies: Collection[str] | None, by: str | None
) -> None:
    if by is not None and by not in ATTRIBUTES:
        raise ValueError(f"by is one of {', '.join(ATTRIBUTES)}, or None, not {by!r}")
    if tallies is not None and (by is not None or parties is not None):
        raise ValueError("tallies are drawn each as it is: leave out by and parties, or tallies")


def _as_met(sources: pd.Series) -> pd.Series:
    return pd.Series(pd.factorize(sources, use_na_sentinel=False)[0], sources.index)


def _most(rows: pd.DataFrame) -> pd.DataFrame:
    """As many rows as can be read: wholes before parts, great numbers first, in their order."""
    ranked = rows.sort_values(["depth", "low"], ascending=[True, False], kind="stable")
    return rows.loc[sorted(ranked.index[:_ROWS])].reset_index(drop=True)


def _rests_on(dataset: Dataset, rows: pd.DataFrame) -> list[str]:
    names = [name for cell in rows["tally_id"] for name in cell.split(";")]
    return common.rests_on(dataset, pd.DataFrame({"tally_id": bounds.inside(dataset, names)}))


def words(found: ByParty, locale: Locale) -> common.FigureText:
    """How many of each party in the title, else how many in all; each row in the alt text."""
    total = readings.people_in(found.summed, found.harm, locale)
    titles = [total]
    if readings.one_source(found.summed):
        titles = [*_of_each(found, locale), *_among(found, total, locale), total]
        titles = [_by_whom(found, each, locale) for each in titles]
    rows = [_in_words(found, block, locale) for _, block in _blocks(found.numbers)]
    what, parts = _what(found, locale)
    notes = [*party_notes.loosest(found, locale), *party_notes.not_added(found, locale)]
    alone = readings.one_source(found.summed)
    title, *shorter = map(locale.capital, titles)
    return common.FigureText(title, rows, what, parts, notes=notes, persons=alone, shorter=shorter)


def _blocks(rows: pd.DataFrame):
    return rows.groupby((rows["depth"] == 0).cumsum())


def _of_each(found: ByParty, locale: Locale) -> list[str]:
    """A title that says how many of each of a few parties, where each can be said so."""
    rows = found.wholes[found.wholes["low"] > 0]
    is_open = (rows["low"] != rows["high"]).fillna(True)
    at_once = is_open.iloc[:1].all()  # said once, of all
    counted = rows.assign(high=rows["low"] if at_once else rows["low"].mask(is_open))
    people = [
        wording.people(found.dataset, row, locale, at_least=True) for row in counted.itertuples()
    ]
    if any(_is_short(found, row) for row in rows.itertuples()):
        people = [None] * len(people)
    few = found.by is None and 0 < len(rows) <= _FEW
    if not few or len(found.summed) != len(found.wholes) or found.harm not in ("killed", "injured"):
        return []
    if None in people and len(rows) == 1 and rows[SAID].drop(columns="area").isna().all(axis=None):
        return []
    if None in people:
        text = locale.join((_pair(found, row, locale) for row in rows.itertuples()), "list")
        return [locale("title pairs", harm=locale.term("harm", found.harm), rows=text)]
    text = locale.listed(people)
    text = locale("at least", low=text) if at_once else text
    return [locale(f"title {found.harm}", rows=text)]


def _is_short(found: ByParty, row) -> bool:
    """Whether a row is of so few of the figure's days that nobody would compare it unwarned."""
    days = row.date_end - row.date_start, found.days[1] - found.days[0]
    return bool(2 * (days[0] + _DAY) < days[1] + _DAY)  # not where no first day is given


def _pair(found: ByParty, row, locale: Locale) -> str:
    """A party and its count in a title, with its days where they are few."""
    name, count = party_notes.name_of(found, row, locale), locale.count(row.low, row.high)
    said = locale("headline row", label=name, count=count)
    if not _is_short(found, row):
        return said
    days = locale.window(row.date_start, row.date_end, found.spans_years)
    return locale("windowed", count=said, window=days)


def _among(found: ByParty, total: str, locale: Locale) -> list[str]:
    """How many in all, and how many of them civilians, or of the greatest value of ``by``."""
    if found.by == "attributed_to" and len(found.summed) == 1:
        most = found.numbers.loc[found.numbers.dropna(subset="attributed_to")["low"].idxmax()]
        count = locale.count(*wording.certain(most["low"], most["high"]))
        return [
            locale(
                "title attributed",
                total=total,
                count=count,
                who=naming.held_responsible(found.dataset, most["attributed_to"], locale),
            )
        ]
    status = found.dataset.parties.set_index("party_id")["status"]
    civilians = found.summed[found.summed["party_id"].map(status) == "civilian"]
    if not 0 < len(civilians) < len(found.summed) or not civilians["low"].sum():
        return []
    among = locale.people("civilian", *readings.sum_of(civilians))
    return [locale("title civilians", total=total, civilians=among)]


def _by_whom(found: ByParty, title: str, locale: Locale) -> str:
    """A title with who counted: who says so, where pages state each number."""
    of_each = len(found.summed) == 1 or title in _of_each(found, locale)
    stated = of_each and not found.summed["calculated"].any()
    source = wording.source(found.summed["source_original"].iloc[0], locale)
    return locale("title says" if stated else "title counted", title=title, source=source)


def _what(found: ByParty, locale: Locale) -> tuple[str, dict[str, str]]:
    """What the figure shows: what adding up would give, or by what people are told apart."""
    harm = locale.term("harm", found.harm)
    if found.by:
        return f"by {found.by}", {"what": locale("what by party", harm=harm)}
    low, high = readings.sum_of(found.summed)
    added = all_added(found)
    if not readings.one_source(found.summed) or not added:
        return "what by party", {}
    return "what added", {"added": locale.number(added), "count": locale.count(low, high)}


def _in_words(found: ByParty, block: pd.DataFrame, locale: Locale) -> str:
    """A party's total with its parts, and theirs in brackets."""
    whole = block.iloc[0]
    name = party_notes.name_of(found, whole, locale)
    count = locale("labelled", label=name, count=locale.count(whole["low"], whole["high"]))
    return locale.join([count, *_parts(found, block, whole["tally_id"], locale)], "list")


def _parts(found: ByParty, block: pd.DataFrame, whole: str, locale: Locale) -> list[str]:
    """What is inside a whole, as one text; nothing where nothing is."""
    said = []
    for row in block[block["subset_of"] == whole].itertuples():
        part = naming.part_in_words(found.dataset, row.tally_id, (row.low, row.high), locale)
        inside = locale.join(_parts(found, block, row.tally_id, locale), "list")
        said.append(locale("windowed", count=part, window=inside) if inside else part)
    return [locale("of them", text=locale.listed(said))] if said else []


def draw(paper: Paper, found: ByParty) -> None:
    """A bar a party, its parts as thin ones inside its length; a source a block."""
    draw_named_bars(paper, bars_of(found, paper.locale))
    paper.shown.clear()  # every bar has its words


def draw_card(paper: Paper, found: ByParty, tall: float) -> None:
    """The bars of as many parties as there is room for in so many inches."""
    every = [bar for bar in bars_of(found, paper.locale) if not bar.depth]
    less = dict.fromkeys(("more", "above", "below"), "") | {"link": None}
    every = [bar._replace(**less) for bar in every]
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


plot_by_party = common.figure("by_party", numbers, words, draw, draw_card)
