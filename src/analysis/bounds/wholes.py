"""Which tallies lie in which, without nestings that the numbers of one page rule out."""

from analysis.data.dataset import Dataset, cached
from analysis.data.links import origin
from analysis.data.nesting import nesting, parts_of
from analysis.data.outcome import READINGS, outcome


@cached
def kept_wholes(dataset: Dataset) -> dict[str, frozenset[str]]:
    """For each tally those that hold it."""
    kept = dict(nesting(dataset).wholes)
    for family in outcome(dataset, READINGS[0]).families:
        kept |= {name: family.relations.wholes[name] for name in family.tallies}
    return kept


@cached
def kept_parts(dataset: Dataset) -> dict[str, frozenset[str]]:
    """For each tally those that it holds."""
    return parts_of(kept_wholes(dataset))


@cached
def holders(dataset: Dataset) -> dict[str, str]:
    """For each tally that lies in another the one that it is drawn inside."""
    nested, found = nesting(dataset), {}
    for name, wholes in kept_wholes(dataset).items():
        nearest = [each for each in nested.nearest(name) if each in wholes]
        whole = nested.holder(name)
        if wholes:
            found[name] = whole if whole in wholes else min(nearest or wholes)
    return found


@cached
def roots(dataset: Dataset) -> dict[str, str]:
    """For each tally the outermost one that it is drawn inside, itself where it lies in none."""
    return {name: origin(name, holders(dataset)) for name in dataset.tallies["tally_id"]}
