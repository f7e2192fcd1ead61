"""What the list engine costs beside its parser library, and how that grows."""

import pyromark

from benchmarks.lists import real_list, times_as_long
from benchmarks.timing import seconds
from catalog.readme import compare, merge, parse, patch
from catalog.readme.source import OPTIONS


def events(text: str) -> list[object]:
    return list(pyromark.events_with_range(text, options=OPTIONS))


def main() -> None:
    lists = {times: times_as_long(times) if times > 1 else real_list() for times in (1, 10, 100)}
    first: dict[str, float] = {}
    print(
        "list          bytes   events ms    parse ms   parse/events   compare ms   patch ms"
        "   merge ms   merge/parse"
    )
    for times, text in lists.items():
        runs = max(3, 300 // times)
        document = parse(text)
        wanted = parse(text.replace("* PaLM ", "* PaLM 2 ", 1)).meaning
        edits = compare(document.meaning, wanted)
        theirs = parse(text.replace("* UL2 ", "* UL2 20B ", 1)).meaning
        taken = {
            "events": seconds(lambda text=text: events(text), runs),
            "parse": seconds(lambda text=text: parse(text), runs),
            "compare": seconds(lambda d=document, w=wanted: compare(d.meaning, w), runs),
            "patch": seconds(lambda d=document, e=edits: patch(d, e), max(3, runs // 10)),
            "merge": seconds(lambda d=document, w=wanted, t=theirs: merge(d.meaning, w, t), runs),
        }
        first = first or taken
        milliseconds = {name: value * 1000 for name, value in taken.items()}
        print(
            f"x {times:<4} {len(text.encode()):12,} {milliseconds['events']:11.2f} "
            f"{milliseconds['parse']:11.2f} {taken['parse'] / taken['events']:14.2f} "
            f"{milliseconds['compare']:12.2f} {milliseconds['patch']:10.2f} "
            f"{milliseconds['merge']:10.2f} {taken['merge'] / taken['parse']:13.2f}"
        )
        if times > 1:
            size = len(text.encode()) / len(lists[1].encode())
            grown = ", ".join(f"{name} {taken[name] / first[name]:.0f}" for name in taken)
            print(f"       {size:.0f} times the bytes take so many times as long: {grown}")


if __name__ == "__main__":
    main()
