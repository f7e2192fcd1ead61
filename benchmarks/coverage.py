"""How much of other people's lists is understood: who owns the links of each.

    python -m benchmarks.coverage FOLDER [--kept]

Contents are the table of contents and other ways round the page, prose the title, the introduction
and notes; the share is that of records among all other links.
"""

import sys
from collections import Counter
from pathlib import Path

from catalog.readme import Entry, ListDocument, ListRefused, decode, parse
from catalog.readme.meaning import walk


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


if __name__ == "__main__":
    main(Path(sys.argv[1]), shows_kept="--kept" in sys.argv)
