"""What the list engine costs beside its parser library, and how that grows."""

import pyromark

from benchmarks.lists import real_list, times_as_long
from benchmarks.timing import seconds
from catalog.readme import compare, merge, parse, patch
from catalog.readme.source import OPTIONS


def events(text: str) -> list[object]:
    return list(pyromark.events_with_range(text, options=OPTIONS))


TIMES = (1, 10, 33, 100)
"""So many times the real list, one behind the other; 33 of them are half a megabyte."""


def main() -> None:
    lists = {times: times_as_long(times) if times > 1 else real_list() for times in TIMES}
    first: dict[str, float] = {}
    print(
        "list          bytes   events ms    parse ms   parse/events   compare/parse   patch/parse"
        "   merge/parse"
    )
    for times, text in lists.items():
        taken = _taken(text, max(3, 300 // times))
        first = first or taken
        print(
            f"x {times:<4} {len(text.encode()):12,} {taken['events'] * 1000:11.2f} "
            f"{taken['parse'] * 1000:11.2f} {taken['parse'] / taken['events']:14.2f} "
            f"{taken['compare'] / taken['parse']:15.2f} {taken['patch'] / taken['parse']:13.2f} "
            f"{taken['merge'] / taken['parse']:13.2f}"
        )
        if times > 1:
            size = len(text.encode()) / len(lists[1].encode())
            grown = ", ".join(f"{name} {taken[name] / first[name]:.0f}" for name in taken)
            print(f"       {size:.0f} times the bytes take so many times as long: {grown}")


def _taken(text: str, runs: int) -> dict[str, float]:
    """The seconds of each: a model is renamed here, another one there."""
    document = parse(text)
    wanted = parse(text.replace("* PaLM ", "* PaLM 2 ", 1)).meaning
    theirs = parse(text.replace("* UL2 ", "* UL2 20B ", 1)).meaning
    edits = compare(document.meaning, wanted)
    return {
        "events": seconds(lambda: events(text), runs),
        "parse": seconds(lambda: parse(text), runs),
        "compare": seconds(lambda: compare(document.meaning, wanted), runs),
        "patch": seconds(lambda: patch(document, edits), max(3, runs // 10)),
        "merge": seconds(lambda: merge(document.meaning, wanted, theirs), runs),
    }


if __name__ == "__main__":
    main()
