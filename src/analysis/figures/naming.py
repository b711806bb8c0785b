"""What parties, tallies and sources of a dataset are called, and the line that says who counted."""

from collections.abc import Collection, Iterable

import pandas as pd

from analysis.bounds.drawn import stated_roots
from analysis.bounds.wholes import holders, roots
from analysis.data.dataset import Dataset, cached
from analysis.data.links import chain, links, split_ids
from analysis.data.nesting import SAID
from analysis.language.locales import Locale, locale_of

_AFTER_NOUNS = ("of", "from", "in", "and", "du", "de", "des", "et")
"""Words before which stands no name of its own, but a noun that one belongs to."""
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
    shown = dataset.tallies["tally_id"] if tallies is None else dict.fromkeys(tallies)
    return _labels(dataset, locale, (*shown,), sourced)


@cached
def _labels(
    dataset: Dataset, locale: Locale, shown: tuple[str, ...], sourced: bool
) -> dict[str, str]:
    tallies = dataset.tallies.set_index("tally_id")
    tallies = tallies[tallies.index.isin(shown)]
    parties = dataset.parties.set_index("party_id")
    told = tallies.index.map(roots(dataset)).isin({*stated_roots(dataset).values()})
    counted = tallies[told]
    sources = counted.groupby("harm")["source_original"].unique()
    several = counted["source_original"].dropna().unique().size > 1
    labels, own = {}, tallies.filter(like="label_").notna().any(axis=1)
    for tally_id, row in tallies.iterrows():
        named = own[tally_id]
        rows, name = (tallies, tally_id) if named else (parties, row["party_id"])
        labels[tally_id] = label(rows, name, locale)
        if not named:
            labels[tally_id] = _by_what_is_said(dataset, row, labels[tally_id], locale)
        cited = row["source_original"]
        if sourced and (len(sources.get(row["harm"], [])) > 1 or (several and pd.notna(cited))):
            cited = locale.source(cited)
            labels[tally_id] = locale("windowed", count=labels[tally_id], window=cited)
    return labels


def _by_what_is_said(dataset: Dataset, tally: pd.Series, party: str, locale: Locale) -> str:
    """The name of a tally without a label: its group or party, with cause, author and area."""
    name, more = party, []
    if pd.notna(tally["victim_group"]):
        name = locale.capital(locale.term("group", tally["victim_group"]))
    if pd.notna(tally["cause"]):
        more.append(locale.term("cause", tally["cause"]))
    if pd.notna(tally["attributed_to"]):
        who = held_responsible(dataset, tally["attributed_to"], locale)
        more.append(locale("attributed", who=who))
    if pd.notna(tally["area"]) and not _holds_all(dataset, tally["area"]):
        more.append(value_label(dataset, "area", tally["area"], locale))
    return locale("windowed", count=name, window=locale.join(more, "list")) if more else name


def _holds_all(dataset: Dataset, area: str) -> bool:
    """Whether all tallies are counted in an area, which then is the place of the figure."""
    part_of, areas = links(dataset.areas, "area_id", "part_of"), dataset.tallies["area"]
    return areas.notna().all() and all(area in chain(each, part_of) for each in areas.unique())


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
    inline = row.get(f"inline_{locale.code}")
    return inline if pd.notna(inline) else without_capital(locale.label(row, party_id))


def row_name(dataset: Dataset, row, locale: Locale) -> str:
    """Whom a row of :mod:`analysis.bounds.parties` counts: a part by what sets it apart."""
    if ";" in row.tally_id:
        return label(dataset.parties.set_index("party_id"), row.party_id, locale)
    whole = getattr(row, "subset_of", None)
    if whole is not None and pd.notna(whole):
        return part_name(dataset, row.tally_id, whole, locale)
    return tally_labels(dataset, locale, [row.tally_id], sourced=False)[row.tally_id]


def part_name(dataset: Dataset, tally_id: str, whole_id: str, locale: Locale) -> str:
    """A part by its own name, else by the one thing that sets it apart from its whole.

    Of a label that names the whole too, "Rebels (clashes)", that thing alone.
    """
    tallies = dataset.tallies.set_index("tally_id")
    tally, whole = tallies.loc[tally_id], tallies.reindex([whole_id]).iloc[0]
    name = tally_labels(dataset, locale, [tally_id], sourced=False)[tally_id]
    said = [column for column in SAID if pd.notna(tally[column]) and tally[column] != whole[column]]
    if whole_id not in tallies.index:  # several tallies of the party
        said.remove("party_id")
    said = said if len(said) == 1 else [column for column in said if column != "area"]
    if len(said) != 1 or said == ["party_id"] or not _is_named_as(tally, *said):
        return name
    return name_by(dataset, said[0], tally[said[0]], locale)


def part_in_words(dataset: Dataset, tally_id: str, ends: tuple, locale: Locale) -> str:
    """A part's count (its ``ends``) with its group or author, else behind its tally's name."""
    tallies = dataset.tallies.set_index("tally_id")
    tally = tallies.loc[tally_id]
    group, cause, by = tally[["victim_group", "cause", "attributed_to"]]
    if pd.notna(by) and pd.isna(group) and pd.isna(cause) and _is_named_as(tally, "attributed_to"):
        who = held_responsible(dataset, by, locale)
        return locale("part attributed", count=locale.count(*ends), who=who)
    whole = tallies.reindex([holders(dataset).get(tally_id)]).iloc[0]
    apart = [name for name in SAID if pd.notna(tally[name]) and tally[name] != whole[name]]
    usual = pd.notna(group) and _is_named_as(tally, "victim_group", apart != ["victim_group"])
    if usual and locale.has_forms(group):
        return locale.people(group, *ends)
    if usual and locale.knows("group", group):
        return locale("windowed", count=locale.term("group", group), window=locale.count(*ends))
    same = pd.isna(group) and whole["party_id"] == tally["party_id"]
    if same and pd.notna(cause) and cause != whole["cause"]:
        return of_cause(locale.count(*ends), cause, locale)
    label = tally_labels(dataset, locale, [tally_id], sourced=False)[tally_id]
    if label.split(" ")[0] in _PREPOSITIONS and "(" not in label:
        return locale("windowed", count=locale.count(*ends), window=label[:1].lower() + label[1:])
    return locale(
        "windowed", count=in_sentence(dataset, tally_id, locale), window=locale.count(*ends)
    )


def in_sentence(dataset: Dataset, tally_id: str, locale: Locale) -> str:
    """The label of a tally as it stands inside a sentence without its count."""
    tally = dataset.tallies.set_index("tally_id").loc[tally_id]
    name = tally_labels(dataset, locale, [tally_id], sourced=False)[tally_id]
    return name_in_sentence(dataset, tally, name)


def name_in_sentence(dataset: Dataset, row, name: str) -> str:
    """The name of a tally, or of a row of parties, as it stands inside a sentence."""
    status = dataset.parties.set_index("party_id")["status"][row.party_id]
    return without_capital(name, pd.notna(row.victim_group) or status == "civilian")


def without_capital(name: str, no_name: bool = False) -> str:
    """A label that begins in lower case, unless it may begin with a name.

    >>> [without_capital(name) for name in ("Government forces", "Islamic State", "Hamas")]
    ['government forces', 'Islamic State', 'Hamas']
    >>> without_capital("Civilians (bombardment)", no_name=True)
    'civilians (bombardment)'
    >>> without_capital("Combattants du groupe État islamique")
    'combattants du groupe État islamique'
    """
    first, *others = name.partition(" (")[0].split(" ")
    holds_name = any(map(str.isupper, first[1:] + "".join(others)))
    is_noun = others[:1] and others[0] in _AFTER_NOUNS
    common = is_noun or (not holds_name and (others or no_name))
    return name[:1].lower() + name[1:] if common else name


def of_cause(count: str, cause: str, locale: Locale) -> str:
    """So many people, and what killed them."""
    how = locale.term("in cause", cause)
    if locale.knows("in cause", cause) and how != locale.term("cause", cause):
        return locale("killed so", count=count, how=how)
    return locale("part of cause", count=count, cause=locale.term("cause", cause))


def _is_named_as(tally: pd.Series, column: str, whole: bool = False) -> bool:
    """Whether a tally has no label of its own, or one that is the word for what a column says.

    Unless it has to be the ``whole`` label, it can stand before brackets or in them.
    """
    named, kind = tally.filter(like="label_").dropna(), column.removeprefix("victim_")
    for name, own in named.items():
        word = locale_of(name.removeprefix("label_")).term(kind, tally[column]).casefold()
        own = own.casefold()
        two = own.startswith(f"{word} (") or own.endswith(f"({word})")
        if own == word or (two and not whole):
            return True
    return named.empty


def place_of(dataset: Dataset, tallies: Collection[str], locale: Locale) -> str:
    """Where the tallies are counted: the smallest area that holds all, and what it is part of."""
    areas = dataset.areas.set_index("area_id")
    named = dataset.tallies.loc[dataset.tallies["tally_id"].isin(tallies), "area"].dropna().unique()
    if not len(named) or not {*named} <= {*areas.index}:
        return locale.term("area", named[0]) if len(named) == 1 else ""
    chains = [chain(name, links(dataset.areas, "area_id", "part_of")) for name in named]
    shared = [name for name in chains[0] if all(name in each for each in chains)]
    held = dict.fromkeys([*shared[:1], *shared[-1:]])
    return locale.join((label(areas, name, locale) for name in held), "list")


def source_names(dataset: Dataset, tally_ids: Collection[str], locale: Locale) -> list[str]:
    """Full names of those who counted the tallies shown, as far as they are named."""
    shown = dataset.tallies["tally_id"].isin(tally_ids)
    named = dataset.tallies.loc[shown, "source_original"].dropna().unique()
    return [locale.term("source", name) for name in named]


def source_line(
    dataset: Dataset, tally_ids: Collection[str], event_ids: Collection[str], locale: Locale
) -> str:
    """Who counted the tallies shown, who published the statements and when, up to which day."""
    tallies = dataset.tallies[dataset.tallies["tally_id"].isin(tally_ids)]
    report_ids = dataset.events.loc[dataset.events["event_id"].isin(event_ids), "report_id"]
    reports = dataset.reports[dataset.reports["report_id"].isin(report_ids)]
    cited = source_names(dataset, tally_ids, locale)
    labels = tally_labels(dataset, locale, sourced=False)
    without = tallies.loc[tallies["source_original"].isna(), "tally_id"].map(labels).unique()
    if len(without) and not cited:
        cited = [locale("no source")]
    elif len(without):
        cited.append(locale("uncited", labels=locale.join(without, "list")))
    dates, offices = reports["source_date"], reports["source_office"].dropna()
    as_of = dataset.as_of
    return locale(
        "sources" if len(reports) > 1 else "source",
        sources=locale.join(cited),
        number=len(reports),
        office=locale("office", office=locale.term("office", offices.iloc[0]))
        if len(offices)
        else "",
        date=locale.window(dates.min().normalize(), dates.max().normalize()),
        known="" if as_of is None else locale("as published", date=locale.day(as_of)),
    )


def source_of_sums(dataset: Dataset, sources: Iterable[str | None], locale: Locale) -> str:
    """Who counted, where an archive's sums know no pages."""
    none = locale("no source")
    names = [
        none if pd.isna(name) else locale.term("source", name) for name in dict.fromkeys(sources)
    ]
    known = "" if dataset.as_of is None else locale("as published", date=locale.day(dataset.as_of))
    return locale("source archive", sources=locale.join(names), known=known)
