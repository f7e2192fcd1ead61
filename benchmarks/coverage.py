"""How much of other people's lists is understood: who owns the links of each.

    python -m benchmarks.coverage FOLDER [--kept]
    python -m benchmarks.coverage FOLDER --sample

Contents are the table of contents and other ways round the page, prose the title, the introduction
and notes; the share is that of records among all other links.

`--sample` compares with what people labelled in `tests/readme/sample`: how many slots we fill as
they would, wrongly, or leave as kept text; below each list what is not right.
"""

import sys
from collections import Counter
from pathlib import Path

from catalog.readme import Entry, ListDocument, ListRefused, decode, parse
from catalog.readme.meaning import walk
from tests.readme.samples import document_of, samples, slots, tally


def dialects(document: ListDocument) -> str:
    """How its entries are written, the most frequent form first."""
    forms: Counter[str] = Counter()
    for _, thing in walk(document.sections):
        if isinstance(thing, Entry) and thing.place is not None:
            is_line = thing.place.form == "item" and thing.place.parts
            forms["line" if is_line else thing.place.form] += 1
    return " ".join(f"{form} {number}" for form, number in forms.most_common())


def main(folder: Path, *, shows_kept: bool) -> None:
    print(f"{'links':>6} {'taken':>6} {'cont.':>6} {'prose':>6} {'kept':>6} {'share':>7}  list")
    for path in sorted(folder.glob("*.md")):
        try:
            document = parse(decode(path.read_bytes()))
        except ListRefused as refusal:
            print(f"{path.name}: {refusal}")
            continue
        taken, contents, prose, kept = document.coverage
        share = taken / max(taken + kept, 1)
        print(
            f"{sum(document.coverage):6} {taken:6} {contents:6} {prose:6} {kept:6} {share:7.1%}"
            f"  {path.name} ({dialects(document)})"
        )
        if shows_kept:
            for start, end in document.kept:
                text = document.raw[start:end].decode()
                for line in text.split("\n"):
                    if "](" in line or "://" in line:
                        print("      |", line[:150])


def compare_sample(folder: Path) -> None:
    print(f"{'slots':>6} {'right':>6} {'wrong':>6} {'kept':>6} {'share':>7}  list")
    total: Counter[str] = Counter()
    for sample in samples():
        document = document_of(sample, folder.glob("*.md"))
        if document is None:
            print(f"{sample.list_name}: this version is not in {folder}")
            continue
        found = slots(sample, document)
        outcomes = tally(found)
        remark = " (report only)" if sample.is_report_only else ""
        _print_outcomes(outcomes, sample.list_name + remark)
        for slot in found:
            if slot.outcome != "right":
                print(f"      | line {slot.line}, {slot.outcome}: {slot.sentence}"[:200])
        total += Counter() if sample.is_report_only else outcomes
    _print_outcomes(total, "all but what is report only")


def _print_outcomes(outcomes: Counter[str], name: str) -> None:
    right, wrong, kept = (outcomes[outcome] for outcome in ("right", "wrong", "kept"))
    number = right + wrong + kept
    print(f"{number:6} {right:6} {wrong:6} {kept:6} {right / max(number, 1):7.1%}  {name}")


if __name__ == "__main__":
    if "--sample" in sys.argv:
        compare_sample(Path(sys.argv[1]))
    else:
        main(Path(sys.argv[1]), shows_kept="--kept" in sys.argv)
