"""What a person reads in other people's lists, and what we read: `sample/README.md`."""

import pytest

from catalog.readme import parse
from tests.readme.lists import LISTS, paths
from tests.readme.samples import Sample, document_of, sample_of, samples, slots, tally

# Of a hundred slots that a person finds in a list, so many are where the person would put them.
ENOUGH = 0.97

SAMPLES = samples()
COPIES = {path.name for path in LISTS.glob("*.md")}

TEXT = """\
## Google

* PaLM: [Paper](https://example.org/palm.pdf)
* [UL2](https://example.org/ul2) - One objective for all.
* See [the overview](https://research.google) for more.
"""


def _read(labels: str) -> list[str]:
    """The outcomes, and the sentences of those that are not right."""
    found = slots(sample_of(f"# list: a.md 0\n\n{labels}"), parse(TEXT))
    return [f"{slot.outcome} {slot.sentence}".strip() for slot in found]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.list_name.partition("__")[0])
def test_every_labelled_list_is_at_hand_or_named(sample: Sample) -> None:
    document = document_of(sample, paths())
    if document is None:
        assert sample.list_name not in COPIES, "tests/lists has another version than the labels"
        pytest.skip(f"{sample.list_name} is not among tests/lists and the folders of PLM_LISTS")
    lines = document.text.split("\n")
    for record in sample.records:
        assert lines[record.line - 1].strip(), f"{sample.list_name}, line {record.line} is blank"
    assert len(sample.records) >= 20


def test_of_100_slots_97_are_right() -> None:
    found = [
        (sample.list_name, slot)
        for sample in SAMPLES
        if not sample.is_report_only and (document := document_of(sample, paths())) is not None
        for slot in slots(sample, document)
    ]
    outcomes = tally([slot for _, slot in found])
    misses = [
        f"{list_name}, line {slot.line}, {slot.outcome}: {slot.sentence}"
        for list_name, slot in found
        if slot.outcome != "right"
    ]
    assert len({list_name for list_name, _ in found}) >= 5, "the copies in tests/lists are gone"
    share = outcomes["right"] / len(found)
    assert share >= ENOUGH, "\n".join([f"{share:.1%} of {len(found)} slots are right.", *misses])


def test_what_the_labels_say_is_right() -> None:
    labels = """
line 3: Google > PaLM
  paper "Paper" https://example.org/palm.pdf
line 4: Google > UL2
  > One objective…
  link https://example.org/ul2
line 5: no record
"""
    assert _read(labels) == ["right"] * 6


def test_another_value_and_an_unlabelled_one_are_wrong() -> None:
    labels = """
line 3: Google > PaLM-2
  code "Paper" https://example.org/palm.pdf
line 4: Google > UL2
line 3: no record
"""
    assert _read(labels) == [
        "wrong stands at 'Google > PaLM-2', we say 'Google > PaLM'",
        "wrong link https://example.org/palm.pdf is a code, we say paper",
        "right",
        "wrong does not state link ' https://example.org/ul2'",
        "wrong does not state note 'One objective for all.'",
        "wrong this line is no record, we read the entry 'PaLM'",
    ]


def test_a_value_in_another_slot_is_wrong_once() -> None:
    labels = """
line 4: Google > UL2
  keywords = One objective for all
  link https://example.org/ul2
"""
    assert _read(labels) == [
        "right",
        "right",
        "wrong has no keywords 'One objective for all'; we say it as note",
    ]


def test_what_nobody_reads_is_kept() -> None:
    labels = """
line 3: Google > PaLM
  released = 2022
  paper "Paper" https://example.org/palm.pdf
line 5: Google > See the overview
  link https://research.google
"""
    assert _read(labels) == [
        "right",
        "right",
        "kept has no released '2022'",
        "kept 'See the overview' is a record, its line is kept",
        "kept a slot of 'See the overview'",
    ]
