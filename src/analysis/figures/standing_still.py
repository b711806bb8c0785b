"""A group's number that never moved while the toll rose: a sentence for page, notes and check."""

from analysis.bounds.stale import find_standing_still
from analysis.data.dataset import Dataset
from analysis.language.locales import Locale


def standing_still_in_words(
    dataset: Dataset,
    locale: Locale,
    tallies: list[str] | None = None,
    told: list[str] | None = None,
) -> list[str]:
    """A sentence for each group whose number stood still, as :func:`find_standing_still`."""
    named = dataset.tallies.set_index("tally_id")
    parties = dataset.parties.set_index("party_id")
    said = []
    for row in find_standing_still(dataset, tallies, told).itertuples():
        whole = named.loc[row.whole_tally_id]
        party = locale.label(parties.loc[whole["party_id"]], whole["party_id"])
        labelled = whole.filter(like="label_").notna().any()
        ends = {
            "first": locale.count(row.first_low, row.first_high),
            "last": locale.count(row.last_low, row.last_high),
        }
        label = locale.label(whole, row.whole_tally_id) if labelled else party
        group = locale.term("group", named.loc[row.tally_id, "victim_group"])
        said.append(
            locale("standing still", label=label, group=group, count=int(row.number), **ends)
        )
    return said
