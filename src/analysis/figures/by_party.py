"""The figure of everybody harmed, by party: what is certain of each, and behind it all numbers.

A bar is what is counted once; the pale one behind it is what adding up every published number
would give. Parts are thin bars inside their whole.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

import pandas as pd

from analysis.bounds import drawn as bounds
from analysis.bounds.parties import SAID, leading, parties_of
from analysis.bounds.revisions import chosen_harm
from analysis.bounds.totals import ATTRIBUTES
from analysis.charts.bars import Range
from analysis.charts.named_bars import NamedBar, NamedBars, draw_named_bars
from analysis.charts.sheet import NORMAL, SMALL, Paper
from analysis.charts.style import GREY, PALETTE
from analysis.data.dataset import Dataset
from analysis.data.problems import NothingToDrawError
from analysis.figures import common, naming, readings, wording
from analysis.language.languages import Language

_ROWS, _CARD, _LISTED = 12, 4, 3
"""So many rows are drawn, parts of parts left out first; so many on a card; so many are listed."""


@dataclass(frozen=True)
class ByParty(common.Found):
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
    """
    _check(parties, tallies, by)
    table = parties_of(dataset)
    if tallies is not None:
        harm, every = chosen_harm(dataset, tallies, harm), table.named(tallies)
        wholes = every
    else:
        harm = harm or bounds.main_harm(dataset)
        bounds.whole_of(dataset, harm)  # raises where nobody is counted so
        every = _of(table.wholes(), parties)
        wholes = every[every["harm"] == harm].reset_index(drop=True)
    if wholes.empty:
        raise bounds.nothing_strictly(dataset, harm)
    chosen = leading(wholes) if tallies is None else pd.Series(True, wholes.index)
    drawn = wholes[chosen].sort_values("source_original", key=_as_met, kind="stable")
    rows = table.rows_of(drawn) if by is None else table.by_value(drawn, by)
    if rows.empty:
        raise NothingToDrawError(f"nothing to draw: no tally of these people names its {by}")
    shown = _most(rows)
    summed = drawn if tallies is None else table.together(drawn)
    tops = shown[shown["depth"] == 0]
    days = drawn["date_start"].min(skipna=False), drawn["date_end"].max()
    others = wholes[~chosen].sort_values(["date_end", "low"], ascending=False, kind="stable")
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
    if isinstance(parties, str) or (parties is not None and not parties):
        raise ValueError(f"parties is {parties!r}; write a list with at least one")


def _of(wholes: pd.DataFrame, parties: Collection[str] | None) -> pd.DataFrame:
    """The rows of some parties; a ValueError where one is not counted."""
    if parties is None:
        return wholes
    known = [*wholes["party_id"].unique()]
    if missing := [name for name in parties if name not in known]:
        raise ValueError(f"no count of the party {missing[0]!r}; counted: {', '.join(known)}")
    return wholes[wholes["party_id"].isin(parties)]


def _as_met(sources: pd.Series) -> pd.Series:
    return pd.Series(pd.factorize(sources, use_na_sentinel=False)[0], sources.index)


def _most(rows: pd.DataFrame) -> pd.DataFrame:
    """As many rows as can be read: wholes before parts, great numbers first, in their order."""
    ranked = rows.sort_values(["depth", "low"], ascending=[True, False], kind="stable")
    return rows.loc[sorted(ranked.index[:_ROWS])].reset_index(drop=True)


def _rests_on(dataset: Dataset, rows: pd.DataFrame) -> list[str]:
    names = [name for cell in rows["tally_id"] for name in cell.split(";")]
    return common.rests_on(dataset, pd.DataFrame({"tally_id": bounds.inside(dataset, names)}))


def words(found: ByParty, say: Language) -> common.Telling:
    """How many of each party in the title, else how many in all; each row in the alt text."""
    total = readings.people_in(found.summed, found.harm, say)
    titles = [total]
    if readings.one_source(found.summed):
        titles = [*_of_each(found, say), *_among(found, total, say), total]
        titles = [_by_whom(found, each, say) for each in titles]
    rows = [_in_words(found, block, say) for _, block in _blocks(found.numbers)]
    what, parts = _what(found, say)
    notes = [*_loosest(found, say), *_not_added(found, say)]
    alone = readings.one_source(found.summed)
    title, *shorter = map(say.capital, titles)
    return common.Telling(title, rows, what, parts, notes=notes, persons=alone, shorter=shorter)


def _blocks(rows: pd.DataFrame):
    return rows.groupby((rows["depth"] == 0).cumsum())


def _of_each(found: ByParty, say: Language) -> list[str]:
    """A title that says how many of each of a few parties, where each can be said so."""
    rows = found.wholes[found.wholes["low"] > 0]
    is_open = (rows["low"] != rows["high"]).fillna(True).tolist()
    people = [wording.people(found.dataset, row, say) for row in rows.itertuples()]
    few = found.by is None and 0 < len(rows) <= _LISTED and found.left_out == 0
    if not few or len(found.summed) != len(found.wholes) or found.harm not in ("killed", "injured"):
        return []
    if None in people and len(rows) == 1 and rows[SAID].isna().all(axis=None):
        return []
    if None in people:
        pairs = [
            say("headline row", label=_name(found, row, say), count=say.count(row.low, row.high))
            for row in rows.itertuples()
        ]
        text = say.join(pairs, "list")
        return [say("title pairs", harm=say.term("harm", found.harm), rows=text)]
    if is_open[0]:  # said once, of all
        text = say("at least", low=say.listed(people))
    else:
        pairs = zip(people, is_open, strict=True)
        text = say.listed([say("at least", low=each) if more else each for each, more in pairs])
    return [say(f"title {found.harm}", rows=text)]


def _among(found: ByParty, total: str, say: Language) -> list[str]:
    """How many in all, and how many of them civilians, or of the greatest value of ``by``."""
    if found.by == "attributed_to" and len(found.summed) == 1:
        most = found.numbers.loc[found.numbers.dropna(subset="attributed_to")["low"].idxmax()]
        count = say.count(*wording.certain(most["low"], most["high"]))
        return [say("title attributed", total=total, count=count, who=_name(found, most, say))]
    status = found.dataset.parties.set_index("party_id")["status"]
    civilians = found.summed[found.summed["party_id"].map(status) == "civilian"]
    if not 0 < len(civilians) < len(found.summed) or not civilians["low"].sum():
        return []
    among = say.people("civilian", *readings.sum_of(civilians))
    return [say("title civilians", total=total, civilians=among)]


def _by_whom(found: ByParty, title: str, say: Language) -> str:
    """A title with who counted: who says so, where pages state each number."""
    of_each = len(found.summed) == 1 or title in _of_each(found, say)
    stated = of_each and not found.summed["calculated"].any()
    source = wording.source(found.summed["source_original"].iloc[0], say)
    return say("title says" if stated else "title counted", title=title, source=source)


def _what(found: ByParty, say: Language) -> tuple[str, dict[str, str]]:
    """What the figure shows: what adding up would give, or by what people are told apart."""
    harm = say.term("harm", found.harm)
    naive = int(found.summed["naive_sum"].sum())
    if found.by:
        return f"by {found.by}", {"what": say("what by party", harm=harm)}
    low, high = readings.sum_of(found.summed)
    if not readings.one_source(found.summed) or naive <= low:
        return "what by party", {}
    return "what added", {"naive": say.number(naive), "count": say.count(low, high)}


def _in_words(found: ByParty, block: pd.DataFrame, say: Language) -> str:
    """A party's total with its parts."""
    whole, *inside = block.itertuples()
    said = [say("labelled", label=_name(found, whole, say), count=say.count(whole.low, whole.high))]
    parts = [
        say("headline row", label=_name(found, row, say), count=say.count(row.low, row.high))
        for row in inside
    ]
    return say.join([*said, *[say("of them", text=say.listed(parts))] * bool(parts)], "list")


def _loosest(found: ByParty, say: Language) -> list[str]:
    """One line of what the loosest reading of the words allows, where that differs."""
    said, before = [], False
    for row in found.numbers.itertuples():
        differs = readings.range_of(row).wide is not None
        if differs and not (row.depth and before):
            name = _full_name(found, row, say)
            said.append(say("headline row", label=name, count=_wide(row, say)))
        before = differs if not row.depth else before or differs
    if not said:
        return []
    said = _few(said, say)
    low, high = (found.summed[f"wide_{end}"].sum(skipna=False) for end in ("low", "high"))
    if low < found.summed["low"].sum() and len(found.summed) > 1:
        said.append(say("in all", count=say.count(low, high)))
    return [say("note loosest", rows=say.join(said, "list"))]


def _wide(row, say: Language) -> str:
    """A count in the loosest reading."""
    if pd.isna(row.wide_high) and row.wide_low == row.low:
        return say("or more", low=int(row.low))
    return say.count(row.wide_low, row.wide_high)


def _not_added(found: ByParty, say: Language) -> list[str]:
    """What other sources count of these people, and who is counted for something else."""
    notes, status = [], found.dataset.parties.set_index("party_id")["status"]
    for name, rows in (("also counted", found.others), ("apart", found.apart)):
        said = []
        for row in rows.itertuples():
            who = _name(found, row, say)
            if name == "apart":
                people = say.people(row.harm, row.low, row.high)
                told = [*[who] * (status[row.party_id] != "unknown"), *_cited(found, row, say)]
                window = say.join(told, "list")
                said.append(say("windowed", count=people, window=window) if told else people)
            else:
                count = say("headline row", label=who, count=say.count(row.low, row.high))
                source = wording.source(row.source_original, say)
                said.append(say("windowed", count=count, window=source))
        notes += [say(name, counts=say.join(_few(said, say)))] * bool(said)
    return notes


def _few(said: list[str], say: Language) -> list[str]:
    """The first few of a list, and how many more there are."""
    more = len(said) - _LISTED
    return [*said[:_LISTED], *[say("more counts", number=more)] * (more > 0)]


def _cited(found: ByParty, row, say: Language) -> list[str]:
    """Who counted, where it is not who counted what is drawn."""
    same = {*found.summed["source_original"].fillna("")}
    source = "" if pd.isna(row.source_original) else row.source_original
    return [] if source in same else [say.source(row.source_original)]


def _name(found: ByParty, row, say: Language) -> str:
    """Whom a row counts: the value of what the figure is by, else who they are."""
    value = getattr(row, found.by, None) if found.by else None
    if value is not None and pd.notna(value):
        return naming.value_label(found.dataset, found.by, value, say)
    return naming.row_name(found.dataset, row, say)


def _full_name(found: ByParty, row, say: Language) -> str:
    """The same by itself, away from its whole."""
    return naming.row_name(found.dataset, row._replace(subset_of=None), say)


def draw(paper: Paper, found: ByParty) -> None:
    """A bar a party, its parts as thin ones inside its length; a source a block."""
    draw_named_bars(paper, _bars(found, paper.say))
    paper.shown.clear()  # every bar has its words


def draw_card(paper: Paper, found: ByParty, tall: float) -> None:
    """The bars of as many parties as there is room for in so many inches."""
    every = [bar for bar in _bars(found, paper.say) if not bar.depth]
    every = [bar._replace(more="", above="", below="", link=None) for bar in every]
    for number in range(min(len(every), _CARD), 0, -1):
        bars, room = every[:number], tall - 0.14 * (number < len(every))
        rows = NamedBars(paper, bars, max(0.14, min(0.26, room / number - 0.09)), NORMAL + 2)
        if rows.heights(bars) <= room:
            break
    for bar in bars:
        rows.draw(bar)
    if len(bars) < len(every):
        more = paper.say("and others", number=len(every) - len(bars))
        paper.paragraph(more + ".", SMALL, colour=GREY)


def _bars(found: ByParty, say: Language) -> list[NamedBar]:
    colours, years = _colours(found), found.days[0].year != found.days[1].year
    blocks, before, bars = not readings.one_source(found.wholes), None, []
    tops = found.numbers.set_index("tally_id")[["date_start", "date_end"]]
    parties = found.dataset.parties.set_index("party_id")
    several = bool(found.by) and len(found.summed) > 1
    for row, colour in zip(found.numbers.itertuples(), colours, strict=True):
        around = found.days if not row.depth else tuple(tops.loc[row.subset_of])
        more, days = [say("calculated")] * bool(row.calculated), ""
        if _days(row) != _same(around):
            days = say.window(row.date_start, row.date_end, years)
        if row.depth and days:
            more.insert(0, days)
        source = wording.source(row.source_original, say)
        heads = [*[say.capital(source)] * blocks]
        heads += [naming.label(parties, row.party_id, say)] * several
        above = say.join(heads, "list") if not row.depth and heads != before else ""
        before = heads
        pale = int(row.naive_sum) if pd.notna(row.naive_sum) and row.naive_sum > row.low else 0
        links = common.link_to_last(found.dataset, row.tally_id.split(";")[0], say)
        bars.append(
            NamedBar(
                _name(found, row, say),
                say.count(row.low, row.high),
                Range(row.low, float("nan") if pd.isna(row.high) else row.high),
                colour,
                say.join(more, "list"),
                pale,
                say("all added", count=pale) if pale else "",
                row.depth,
                links,
                above,
                days if not row.depth else "",
            )
        )
    return bars


def _days(row) -> tuple:
    return _same((row.date_start, row.date_end))


def _same(days: tuple) -> tuple:
    """Days that compare equal where none is given."""
    return tuple(None if pd.isna(day) else day for day in days)


def _colours(found: ByParty) -> list[str]:
    """Those of parties; where the figure is by something else one for each value of it."""
    of_party = naming.party_colours(found.dataset)
    if not found.by:
        return [of_party[party] for party in found.numbers["party_id"]]
    values = [*found.numbers[found.by].dropna().unique()]
    used = {of_party[party] for party in found.numbers["party_id"]} | {
        of_party.get(value) for value in values
    }
    free = iter([colour for colour in PALETTE if colour not in used] or PALETTE)
    colours = {value: of_party.get(value) or next(free, GREY) for value in values}
    return [
        of_party[row.party_id] if pd.isna(value) else colours[value]
        for row, value in zip(found.numbers.itertuples(), found.numbers[found.by], strict=True)
    ]


plot_by_party = common.figure("by_party", numbers, words, draw, draw_card)
