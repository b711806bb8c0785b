"""What parties, tallies and sources of a dataset are called, and the line that says who counted."""

import re
from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from analysis.bounds.drawn import roots_of_stated
from analysis.data.dataset import Dataset, cached
from analysis.data.links import chain, links, split_ids
from analysis.data.nesting import ATTRIBUTES
from analysis.data.outcome import nesting
from analysis.language.locales import Locale, locale_of

_AFTER_NOUNS = ("of", "from", "in", "and", "du", "de", "des", "et")
"""Words before which stands no name of its own, but a noun that one belongs to."""
_OF_A_NATION = re.compile("(?<!^Civil)(ian|ish|ese|aqi|eni|ani)$")
"""How English words end that keep their capital: Syrian, Turkish, Lebanese, Iraqi."""
_PREPOSITIONS = ("At", "By", "From", "In", "Under", "À", "Dans", "En", "Par", "Sous")
"""With these begins a label that stands behind its count in a sentence: 21 (by the army)."""


def label(rows: pd.DataFrame, name: str, locale: Locale) -> str:
    """Label of a party or tally, the index of ``rows``, as a language shows it."""
    return locale.label(rows.loc[name], name)


def tally_labels(
    dataset: Dataset, locale: Locale, tallies: Collection[str] | None = None, sourced: bool = True
) -> dict[str, str]:
    """Shown name of every tally, or of those of a figure: its label, else that of its party.

    With ``sourced``, who counted stands behind it where not all are counted by one.
    """
    shown = frozenset(dataset.tallies["tally_id"] if tallies is None else tallies)
    if sourced:
        return {**_names_and_sources(dataset, locale, shown)}
    return {name: text for name, text in _names(dataset, locale).items() if name in shown}


@cached
def _names_and_sources(
    dataset: Dataset, locale: Locale, shown: frozenset[str]
) -> Mapping[str, str]:
    """The names of some tallies, with who counted where not all of them are counted by one."""
    rows = dataset.tallies[dataset.tallies["tally_id"].isin(shown)]
    # its outermost tally, or one inside that, has a number that stands
    is_counted = (
        rows["tally_id"].map(nesting(dataset).roots).isin({*roots_of_stated(dataset).values()})
    )
    counted, names = rows[is_counted], _names(dataset, locale)
    by_harm = counted.groupby("harm")["source_original"].nunique(dropna=False)
    are_several = counted["source_original"].dropna().unique().size > 1
    found = {}
    columns = (rows[name] for name in ("tally_id", "harm", "source_original"))
    for name, harm, source in zip(*columns, strict=True):
        found[name] = names[name]
        if by_harm.get(harm, 0) > 1 or (are_several and pd.notna(source)):
            found[name] = locale("windowed", count=names[name], window=locale.source(source))
    return found


def tally_name(dataset: Dataset, tally_id: str, locale: Locale) -> str:
    """Whom a tally counts, as headings have it; who counted stands elsewhere."""
    return _names(dataset, locale)[tally_id]


@cached
def _names(dataset: Dataset, locale: Locale) -> dict[str, str]:
    """The label of each tally, else its group or party, with cause, author and area."""
    parties = dataset.parties.set_index("party_id")
    tallies = dataset.tallies.set_index("tally_id")
    has_label = tallies.filter(like="label_").notna().any(axis=1)
    every = _areas_around(dataset, dataset.tallies["area"])
    names = {}
    for name, row in tallies.iterrows():
        if has_label[name]:
            names[name] = label(tallies, name, locale)
            continue
        names[name], more = label(parties, row["party_id"], locale), []
        if pd.notna(row["victim_group"]):
            names[name] = value_label(dataset, "victim_group", row["victim_group"], locale)
        if pd.notna(row["cause"]):
            more.append(locale.term("cause", row["cause"]))
        if pd.notna(row["attributed_to"]):
            who = held_responsible(dataset, row["attributed_to"], locale)
            more.append(locale("attributed", who=who))
        if pd.notna(row["area"]) and row["area"] not in every:  # which is the figure's place
            more.append(value_label(dataset, "area", row["area"], locale))
        if more:
            names[name] = locale("windowed", count=names[name], window=locale.join(more, "list"))
    return names


def _areas_around(dataset: Dataset, areas: pd.Series) -> list[str]:
    """The areas that hold all of some, the smallest first; none where one is not named."""
    part_of = links(dataset.areas, "area_id", "part_of")
    chains = [chain(area, part_of) for area in areas.unique()]
    shared = chains[0] if chains and areas.notna().all() else []
    return [area for area in shared if all(area in each for each in chains)]


def value_label(dataset: Dataset, column: str, value: str, locale: Locale) -> str:
    """What a tally says in one of its columns, as a language shows it."""
    if column in ("victim_group", "cause"):
        return locale.capital(locale.term(column.removeprefix("victim_"), value))
    table, key = ("areas", "area_id") if column == "area" else ("parties", "party_id")
    rows = getattr(dataset, table).set_index(key)
    names = [
        label(rows, name, locale) if name in rows.index else locale.term("area", name)
        for name in split_ids(value)
    ]
    return locale.listed(names)


def name_by(dataset: Dataset, column: str, value: str, locale: Locale) -> str:
    """People by what a tally says of them in one column: no party by those whom it killed."""
    if column != "attributed_to":
        return value_label(dataset, column, value, locale)
    return locale.capital(locale("attributed", who=held_responsible(dataset, value, locale)))


def held_responsible(dataset: Dataset, value: str, locale: Locale) -> str:
    """Whom a source holds responsible, inside a sentence where the party has such a form."""
    return locale.listed(party_in_sentence(dataset, name, locale) for name in split_ids(value))


def party_in_sentence(dataset: Dataset, party_id: str, locale: Locale) -> str:
    """A party inside a sentence, by its inline form where it has one."""
    row = dataset.parties.set_index("party_id").reindex([party_id]).iloc[0]
    inline = inline_form(row, locale)
    return inline if pd.notna(inline) else without_capital(locale.label(row, party_id))


def inline_form(row: pd.Series, locale: Locale) -> object:
    """How a row of parties or tallies is named inside a sentence, where it says so."""
    return row.get(f"inline_{locale.code}")


def row_name(dataset: Dataset, row, locale: Locale) -> str:
    """Whom a row of :mod:`analysis.bounds.parties` counts: a part by what sets it apart."""
    if ";" in row.tally_id:
        return label(dataset.parties.set_index("party_id"), row.party_id, locale)
    if pd.notna(getattr(row, "subset_of", None)):
        whole = row.subset_of if ";" not in row.subset_of else None
        return part_name(dataset, row.tally_id, whole, locale)
    return tally_name(dataset, row.tally_id, locale)


def part_name(dataset: Dataset, tally_id: str, whole_id: str | None, locale: Locale) -> str:
    """A part by its own name, else by the one column that sets it apart from its whole.

    Without a whole it is a part of everybody of its party.
    Of a label that names the whole too, "Rebels (clashes)", what stands in brackets alone.
    """
    tally, columns = _apart_from(dataset, tally_id, whole_id)
    whole = label(dataset.parties.set_index("party_id"), tally["party_id"], locale)
    if whole_id is None:
        columns = [column for column in columns if column != "party_id"]
    else:
        whole = tally_name(dataset, whole_id, locale)
    if len(columns) != 1:
        columns = [column for column in columns if column != "area"]
    if len(columns) == 1 and columns != ["party_id"] and _is_named_as(tally, *columns):
        return name_by(dataset, columns[0], tally[columns[0]], locale)
    name = tally_name(dataset, tally_id, locale)
    within = name.removeprefix(f"{whole} (")
    return name if within == name else locale.capital(within.removesuffix(")"))


@cached
def _apart_from(
    dataset: Dataset, tally_id: str, whole_id: str | None
) -> tuple[pd.Series, tuple[str, ...]]:
    """A tally, and the columns in which it says more of its people than a whole."""
    tallies = dataset.tallies.set_index("tally_id")
    tally, whole = tallies.loc[tally_id], tallies.reindex([whole_id]).iloc[0]
    says = [name for name in ("party_id", *ATTRIBUTES) if pd.notna(tally[name])]
    return tally, tuple(name for name in says if tally[name] != whole[name])


def part_in_words(dataset: Dataset, tally_id: str, ends: tuple, locale: Locale) -> str:
    """A part's count (its ``ends``) with its group, cause or who did it, else beside its name."""
    tally, apart = _apart_from(dataset, tally_id, nesting(dataset).holders.get(tally_id))
    group, cause, by = tally[["victim_group", "cause", "attributed_to"]]
    count = locale.count(*ends)
    if pd.notna(by) and pd.isna(group) and pd.isna(cause) and _is_named_as(tally, "attributed_to"):
        who = held_responsible(dataset, by, locale)
        return locale("part attributed", count=count, who=who)
    if pd.notna(group) and _is_named_as(tally, "victim_group", alone=apart != ("victim_group",)):
        if locale.has_forms(group):
            return locale.people(group, *ends)
        if locale.knows("group", group):
            return locale("windowed", count=locale.term("group", group), window=count)
    if pd.isna(group) and "cause" in apart and "party_id" not in apart:
        return of_cause(count, cause, locale)
    name = tally_name(dataset, tally_id, locale)
    if name.split(" ")[0] in _PREPOSITIONS and "(" not in name:
        return locale("windowed", count=count, window=name[:1].lower() + name[1:])
    return locale("windowed", count=in_sentence(dataset, tally_id, locale), window=count)


def in_sentence(dataset: Dataset, tally_id: str, locale: Locale) -> str:
    """The label of a tally as it stands inside a sentence without its count."""
    tally = dataset.tallies.set_index("tally_id").loc[tally_id]
    name = tally_name(dataset, tally_id, locale)
    return name_in_sentence(dataset, tally, name)


def name_in_sentence(dataset: Dataset, row, name: str) -> str:
    """The name of a tally, or of a row of parties, as it stands inside a sentence."""
    status = dataset.parties.set_index("party_id")["status"][row.party_id]
    return without_capital(name, pd.notna(row.victim_group) or status == "civilian")


def without_capital(name: str, no_name: bool = False) -> str:
    """A label that begins in lower case, unless it may begin with a name.

    >>> [without_capital(name) for name in ("Government forces", "Islamic State", "Hamas")]
    ['government forces', 'Islamic State', 'Hamas']
    >>> without_capital("Syrian insurgents"), without_capital("Civilian men")
    ('Syrian insurgents', 'civilian men')
    >>> without_capital("Civilians (bombardment)", no_name=True)
    'civilians (bombardment)'
    >>> without_capital("Combattants du groupe État islamique")
    'combattants du groupe État islamique'
    """
    first, *others = name.partition(" (")[0].split(" ")
    holds_name = any(map(str.isupper, first[1:] + "".join(others))) or _OF_A_NATION.search(first)
    is_noun = others[:1] and others[0] in _AFTER_NOUNS
    common = is_noun or (not holds_name and (others or no_name))
    return name[:1].lower() + name[1:] if common else name


def of_cause(count: str, cause: str, locale: Locale) -> str:
    """So many people, and what killed them."""
    how = locale.term("in cause", cause)
    if locale.knows("in cause", cause) and how != locale.term("cause", cause):
        return locale("killed so", count=count, how=how)
    return locale("part of cause", count=count, cause=locale.term("cause", cause))


def _is_named_as(tally: pd.Series, column: str, *, alone: bool = False) -> bool:
    """Whether a label of a tally is the word for what a column says; true of one without labels.

    The word may also stand before brackets or in them, unless it has to be ``alone``.
    """
    labels, kind = tally.filter(like="label_").dropna(), column.removeprefix("victim_")
    for name, own in labels.str.casefold().items():
        word = locale_of(name.removeprefix("label_")).term(kind, tally[column]).casefold()
        in_part = own.startswith(f"{word} (") or own.endswith(f"({word})")
        if own == word or (in_part and not alone):
            return True
    return labels.empty


def place_of(dataset: Dataset, tallies: Collection[str], locale: Locale) -> str:
    """Where the tallies are counted: the smallest area that holds all, and what it is part of."""
    areas = dataset.areas.set_index("area_id")
    named = dataset.tallies.loc[dataset.tallies["tally_id"].isin(tallies), "area"].dropna()
    if not named.isin(areas.index).all() or named.empty:
        return locale.term("area", named.iloc[0]) if len({*named}) == 1 else ""
    around = _areas_around(dataset, named)
    ends = dict.fromkeys([*around[:1], *around[-1:]])
    return locale.join((label(areas, name, locale) for name in ends), "list")


def source_names(dataset: Dataset, tally_ids: Collection[str], locale: Locale) -> list[str]:
    """Full names of those who counted the tallies shown, as far as they are named."""
    shown = dataset.tallies["tally_id"].isin(tally_ids)
    named = dataset.tallies.loc[shown, "source_original"].dropna().unique()
    return [locale.term("source", name) for name in named]


def source_line(dataset: Dataset, events: pd.DataFrame, locale: Locale) -> str:
    """Who counted in some statements, who published them and when, up to which day."""
    shown = {*events["tally_id"]}
    tallies = dataset.tallies[dataset.tallies["tally_id"].isin(shown)]
    sources = source_names(dataset, shown, locale)
    uncited = tallies.loc[tallies["source_original"].isna(), "tally_id"]
    if len(uncited):
        names = dict.fromkeys(tally_name(dataset, name, locale) for name in uncited)
        uncited = locale("uncited", labels=locale.join(names, "list"))
        sources.append(uncited if sources else locale("no source"))
    reports = dataset.reports[dataset.reports["report_id"].isin({*events["report_id"]})]
    offices = [locale.term("office", name) for name in reports["source_office"].dropna().head(1)]
    dates = reports["source_date"]
    return locale(
        "sources" if len(reports) > 1 else "source",
        sources=locale.join(sources),
        number=len(reports),
        office=locale("office", office=offices[0]) if offices else "",
        date=locale.window(dates.min().normalize(), dates.max().normalize()),
        known=_as_published(dataset, locale),
    )


def source_of_sums(dataset: Dataset, sources: Iterable[str | None], locale: Locale) -> str:
    """Who counted, where an archive's sums know no pages."""
    names = [
        locale("no source") if pd.isna(name) else locale.term("source", name)
        for name in dict.fromkeys(sources)
    ]
    known = _as_published(dataset, locale)
    return locale("source archive", sources=locale.join(names), known=known)


def _as_published(dataset: Dataset, locale: Locale) -> str:
    """Up to which day statements were published, where later ones are left out."""
    day = dataset.as_of
    return "" if day is None else locale("as published", date=locale.day(day))
