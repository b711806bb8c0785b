"""The command ``summary``: the last word of each source, and what is open about it.

Sources stand one below the other and are never added. Of each there are the people harmed, with the
days that are counted and the day of publication, parts under their whole, and what was counted on
one day, such as the missing, with that day.
"""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from analysis.bounds.contradictions import find_contradictions
from analysis.bounds.parties import parties_of
from analysis.bounds.totals import GROUP, summands_of, tally_totals
from analysis.data.dataset import Dataset
from analysis.data.notices import became_known, too_many_together
from analysis.data.outcome import nesting, outcome
from analysis.data.publication import published_by
from analysis.data.questions import doubts
from analysis.data.statements import STANDING, counts, first_statements
from analysis.figures.naming import tally_labels
from analysis.figures.wording import quoted
from analysis.language.locales import locale_of


def summary_lines(
    dataset: Dataset, reading: str = "primary", as_of: date | str | None = None
) -> list[str]:
    """What ``summary`` says of a dataset, as of a day or time.

    Raises ValueError when the day is none or there is no such reading.
    """
    dataset = published_by(dataset, as_of)
    lines = [line for own in last_words(dataset, reading).values() for line in own]
    if not lines:
        lines = [f"nothing counted{f' as of {dataset.as_of}' if dataset.as_of else ''}"]
    lines += [f"left out: {clash}" for clash in find_contradictions(dataset, reading)]
    clashing = [family for family in outcome(dataset, reading).families if family.contradictions]
    numbers = sum(not count.basis for family in clashing for count in family.counts)
    tallies = sum(len(family.tallies) for family in clashing)
    lines += [f"left out: {numbers} numbers of {tallies} tallies in all"] * bool(clashing)
    return lines + [f"asked: {question}" for question in doubts(dataset)["doubt"]]


def last_words(dataset: Dataset, reading: str = "primary") -> dict[str, list[str]]:
    """For each source the line that names it, then a line for each tally that it counts."""
    summary = _Summary(dataset, reading)
    return {source: [*summary.lines_of(source)] for source in summary.sources()}


class _Summary:
    """What a dataset says by tally: statements, bounds and names."""

    def __init__(self, dataset: Dataset, reading: str) -> None:
        self.english = locale_of("en").with_terms(dataset.terms)
        self.labels = tally_labels(dataset, self.english, sourced=False)
        parties = dataset.parties.set_index("party_id", drop=False)
        self.parties = {name: self.english.label(row, name) for name, row in parties.iterrows()}
        self.tallies = dataset.tallies.fillna({"source_original": ""})
        self.holders = nesting(dataset).holders
        self.has_limit = parties_of(dataset).has_limit
        self.bounds = tally_totals(dataset, reading).set_index("tally_id")
        together = summands_of(dataset, reading, None).fillna({"source_original": ""})
        self.together = together.set_index(GROUP)[["low", "high"]]
        families = outcome(dataset, reading).families
        self.too_many, self.became_known = (
            {name for family in families for count in find(family) for name in count.event_ids}
            for find in (too_many_together, became_known)
        )
        rows = counts(dataset, reading).rename(columns={"count": "stated"})
        event_id = rows["event_ids"].str.split(";").str[0]
        first, last = (
            rows[name].dt.strftime("%F").fillna("") for name in ("date_start", "date_end")
        )
        self.statements = rows.assign(
            event_id=event_id,
            people=event_id.map(first_statements(dataset)),
            days=first + "/" + last,
            stands=rows["status"].isin(STANDING),
            stock=rows["count_kind"] == "stock",
        )

    def sources(self) -> list[str]:
        """The sources of tallies that something is said of, in the order of the tallies."""
        stated = self.tallies["tally_id"].isin(self.statements["tally_id"])
        return [*self.tallies.loc[stated, "source_original"].unique()]

    def lines_of(self, source: str) -> Iterator[str]:
        """A source, then its tallies: those of one party and harm together."""
        yield self.english.source(source) if source else "No source named"
        own = self.tallies[self.tallies["source_original"] == source]
        outer = own[~own["tally_id"].isin(self.holders)]
        for (party, harm), roots in outer.groupby(["party_id", "harm"], sort=False):
            depth, group = 1, (source, party, harm)
            if len(roots) > 1 and group in self.together.index:
                added = self.english.count(*self.together.loc[group])
                yield f"  {self.parties[party]}, {harm}, all together: {added}"
                depth = 2
            for name in roots["tally_id"]:
                yield from self._tally_lines(name, harm, depth)
            yield from self._if_added([*roots["tally_id"]])

    def _tally_lines(self, name: str, harm: str, depth: int) -> Iterator[str]:
        """The last word on a tally, then on its parts."""
        words = self._last_word(name)
        if words:
            whom = self.labels[name] + f", {harm}" * (depth == 1)
            yield "  " * depth + whom + words
        for part, whole in self.holders.items():
            if whole == name:
                yield from self._tally_lines(part, harm, depth + bool(words))

    def _of(self, names: list[str]) -> pd.DataFrame:
        """The statements of some tallies and those drawn inside them that still count people."""
        inside = [*names]
        while names := [part for part, whole in self.holders.items() if whole in names]:
            inside += names
        rows = self.statements
        return rows[rows["tally_id"].isin(inside) & rows["stands"] & ~rows["stock"]]

    def _last_word(self, name: str) -> str:
        """How many a tally counts, for which days, and when that was published."""
        rows = self.statements[self.statements["tally_id"] == name]
        own = rows[rows["stands"]]
        stocks = own[own["stock"] & (own["status"] == "stands")]
        if rows.empty:
            return ""
        if len(stocks):
            last = stocks.iloc[-1]
            return f" on {self._day(last['date_end'])}: {self._as_stated(last)}"
        if own.empty:  # withdrawn or set aside, with no other in its place
            last = rows.iloc[-1]
            return f": {self._as_stated(last)}, {last['status'].replace('_', ' ')}"
        if name not in self.bounds.index:
            return ": left out"
        inside = self._of([name])
        stated = self._stated(name, inside)
        number = self._number(name, own, inside, stated)
        basis = stated.head(1) if len(stated) else own if len(own) > 1 else inside
        when = self._published(basis.iloc[-1])
        return f": {number}, {self._days(inside)}, {when}{self._lowered(rows, stated.head(1))}"

    def _stated(self, name: str, inside: pd.DataFrame) -> pd.DataFrame:
        """The statements of a tally and its parts that state its least, in the words of the last.

        A page that repeats the number of another is no later word of its source.
        """
        low = self.bounds.loc[name, "low"]
        stated = inside[(inside["binding_low"] == low) & (inside["low"] == low)]
        words = stated["days"] + stated["stated"].astype("str")
        return stated[words.isin(words.tail(1))]

    def _number(
        self, name: str, own: pd.DataFrame, inside: pd.DataFrame, stated: pd.DataFrame
    ) -> str:
        """The bounds of a tally, and whether a page states them.

        An upper end that only says how many its whole has is nobody's.
        """
        low, high = self.bounds.loc[name, ["low", "high"]]
        if pd.notna(high) and low < high and not self.has_limit(name):
            high = pd.NA
        if len(stated) or not low:
            words = stated["stated"].iloc[-1] if low else ""
            return quoted(pd.Series({"stated": words, "low": low, "high": high}), self.english)
        own = own[~own["stock"]]
        many = len(own) > 1 and own["binding_low"].sum() >= low
        more = f" (calculated{f' from {len(own)} numbers' * int(many)})" if len(inside) > 1 else ""
        return self.english.count(low, high) + more

    def _lowered(self, rows: pd.DataFrame, stated: pd.DataFrame) -> str:
        """What a source said before of the same days that was more, and what it withdrew.

        People who became known are no fewer; numbers that only together are more are counted alone.
        """
        gone = rows["event_id"].isin(self.too_many | self.became_known)
        above = rows["days"].isin(stated["days"]) & (rows["low"] > stated["low"].max())
        back = rows[(rows["status"] == "taken_back") & ~gone & above].tail(1)
        withdrawn = rows[rows["status"] == "withdrawn"]
        words = f"; lowered from {self._listed(back)}" * bool(len(back))
        words += f"; withdrawn: {self._listed(withdrawn)}" * bool(len(withdrawn))
        many = rows["event_id"].isin(self.too_many).sum()
        more = f"; {many} numbers of fewer days, together more, no longer count"
        return words + more * bool(many)

    def _listed(self, rows: pd.DataFrame) -> str:
        return ", ".join(quoted(row, self.english) for row in rows.itertuples())

    def _days(self, rows: pd.DataFrame) -> str:
        """The days that statements count, from the first to the last."""
        last = rows["date_end"].max()
        if rows["date_start"].isna().all():
            return f"up to {self._day(last)}"
        return self.english.window(rows["date_start"].min().date(), last.date())

    def _day(self, day: pd.Timestamp) -> str:
        return self.english.day(day.date())

    def _published(self, row: pd.Series) -> str:
        return f"published {self._day(row['published_until'])}"

    def _as_stated(self, row: pd.Series) -> str:
        return f"{quoted(row, self.english)}, {self._published(row)}"

    def _if_added(self, names: list[str]) -> Iterator[str]:
        """What the numbers of one page give if they are added, as they must not be.

        A page that counts some people twice invites it: those of Monday beside those since
        Thursday. Of several pages nobody adds the totals, and a part stands under its whole.
        """
        rows = self._of(names).drop_duplicates("people")
        one_page = len(rows.drop_duplicates(["published_from", "published_until"])) == 1
        least = self.bounds["low"].reindex(names).sum(skipna=False)
        twice = one_page and rows["tally_id"].duplicated().any()
        if twice and pd.notna(least) and rows["low"].sum() > least:
            added = self.english.number(int(rows["low"].sum()))
            yield f"    all these numbers added: {added}; they overlap"
