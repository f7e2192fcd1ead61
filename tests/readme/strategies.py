"""What hypothesis invents for the laws: Markdown made of pieces of lists, and edits."""

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from catalog.readme import Entry, Link, Meaning, Section
from catalog.readme.meaning import Address, walk

# The same examples every time, so that a failure is found by everybody or by nobody; PLM_EXAMPLES
# multiplies their number for a thorough search, with others each time or by --hypothesis-seed.
THOROUGHNESS = int(os.environ.get("PLM_EXAMPLES", "1"))


def examples(number: int) -> settings:
    return settings(
        max_examples=number * THOROUGHNESS,
        derandomize=THOROUGHNESS == 1,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


# Texts.

_STARTS = ("", "", "* ", "- ", "+ ", "1. ", "2) ", "> ", "# ", "## ", "### ", "*  ", "*\t", "  ")
_INDENTS = ("", "", "", "  ", "  ", "    ", "      ", "\t", " ", "   ")
_WORDS = (
    "GPT-2", "ERNIE", "文汇", "T5 family", "**P**re", "`x`", "<br/>", "<!-- -->", "---", "===",
    "GPT, GPT-2", "name:", "名:", "[paper](https://arxiv.org/abs/1)", "[a](<https://b.org/c d>)",
    "[GPT-2](https://x.org/gpt)", "[two\nlines](https://x.org)", "https://bare.org/x.", "www.a.org",
    "<https://auto.org>", "[ref][1]", "[1]: https://ref.org", "[GPT-2](#gpt-2)", "[x](#文汇)",
    "![paper](https://img.shields.io/badge/-paper-x)", "(a remark)", "(", ")", "[", "](", "|",
    "| a | b |", "|---|---|", "```", "~~~", "\\", "&amp;", "* * *", "[x](javascript:1)", "[x](",
    "[![i](https://i.org)](https://l.org)", "[ ]", "🔥", "\u2028", "\x1c", "\ufeff", "\u00a0",
    "[GPT (2)](https://x.org/a(b)c)", "~~old~~", "_a_", "[x](https://x.org \"t\")", "\x85", "\x0b",
)  # fmt: skip
_ENDS = ("\n", "\n", "\n", "\n", "\n\n", "\r\n", "\n\n\n", " \n", "", "\r")

_lines = st.builds(
    lambda indent, start, words, end: indent + start + " ".join(words) + end,
    st.sampled_from(_INDENTS),
    st.sampled_from(_STARTS),
    st.lists(st.sampled_from(_WORDS), max_size=3),
    st.sampled_from(_ENDS),
)
_list_lines = st.sampled_from(
    (
        "# Title\n\nIntroduction.\n\n", "## Google\n\n", "## Baidu \n", "* ERNIE\n", "  * GPT\n",
        "* GPT\n  * [p](https://arxiv.org/abs/2) ![paper](https://img.shields.io/badge/-p-x)\n",
        "* GPT: [repo](https://github.com/a/b)\n", "> GPT refers to something.\n\n", "\n<br/>\n\n",
        "* [GPT](https://gpt.org)\n  * GPT-2\n", "  > a note\n", "[HF](https://hf.co/x)\n\n",
        "  * [a](https://a.org), [b](https://b.org)\n", "* [Google](#google)\n* [Baidu](#x)\n\n",
    )
)  # fmt: skip

# Lines of the other dialects: flat, paper, labelled, table, heading.
_dialect_lines = st.sampled_from(
    (
        "- [GPT](https://gpt.org) - A model.\n", "- https://bare.org/x\n", "- macOS - A system.\n",
        "- [GPT](https://gpt.org): chat, [code](https://c.org)\n", "### 2023\n\n", "\n\n",
        "- [x](https://x.org) ![s](https://img.org/x) text\n", "  - Keyword: alignment, safety\n",
        "- **BERT**. *J. Devlin, K. Lee*. NAACL 2019. [[pdf](https://p.org)]\n",
        "2. **ULMFiT**. *J. Howard*. ACL. [[pdf](https://u.org)] [[code](https://c.org)] (**U**)\n",
        "1. **[T5](https://t5.org)** [[code](https://c.org)]\n\n    *C. Raffel.* JMLR'20\n\n",
        "  - A sentence that says something about it.\n", "  - A. Author, B. Author\n",
        "  - 地址：https://d.org\n", "  - Code: [Official](https://o.org)\n", "</details>\n\n",
        "- [2023/11/26] news of [x](https://x.org).\n", "<details>\n<summary>x</summary>\n\n",
        "| Model | Date | Paper |\n|:--|:-:|---|\n| GPT | 2022 | [p](https://p.org) |\n",
        "| [T5](https://t.org)   |   2019   |  |\n", "| x \\| y | <!-- 3 --> | `|` |\n",
        "| 模型 | 大小 | 备注 |\n|---|---|---|\n|ERNIE|10B<br/>3B| 好 |x|\n",
        "| a | [b](https://b.org), [c](https://c.org) |\n", "| GLM | - | — |\n| OPT |-|N/A|/|\n",
        "## [owner/name](https://github.com/o/n)\n\nProse here.\n\nTags: Full\n\n",
    )
)  # fmt: skip

# What stands in lists beside their entries, and how far people go in writing those.
_odd_lines = st.sampled_from(
    (
        "ERNIE\n=====\n\n", "GPT-2\n---\n\n", "- [ ] GPT\n", "- [x] [T5](https://t5.org) - done\n",
        "<p align=\"center\"><a href=\"https://a.org\">x</a></p>\n\n", "<img src=\"x.png\">\n\n",
        "<details><summary><b>T5</b></summary>\n\n", "</details>\n", "<a name=\"t5\"></a>\n",
        "* ERNIE\n\n  | Model | Date |\n  |---|---|\n  | T5 | 2019 |\n\n", "a note[^1]\n\n",
        "[^1]: A footnote.\n\n", "[1]: https://ref.org \"t\"\n\n", "- [T5][1] - by reference\n",
        "| Model | Size | Params | Note | 备注 |\n|-|-|-|-|-|\n| T5 | 1B |  | | - |\n||2B|3B|a|\n",
        "| Project | Links |\n|---|---|\n| **[T5](https://github.com/g/t5):** <br> A | ![x](i) |\n",
        "- T5 | a model [[paper](https://p.org)]\n", "- GPT: - a\n", "  - Ada Lin, Bob Ho\n",
        "- [2023/05] **T5.** *A. Lin et al. arXiv.* [[paper](https://p.org)]\n", "- **T5**:\n",
        "  - Date: 2019\n  - Year: 2020\n", "  - Note: -\n", "  - ICML 2024\n", "- a：b（c）。\n",
        "### **T5**\n\nTags: Full\n\n", "Paper: [p](https://p.org)\n\n", "1) **T5** - [p](https://p)\n",
        "* [GPT（二）](https://gpt.org)：说，[论文](https://p.org)\n", "* T5 - |a|\n", "\t* GPT\n",
        "*\t[p](https://p.org)\r", "10. [x](https://x.org) \\\n    text\n", "> * GPT\n",
    )
)  # fmt: skip

_any_line = st.one_of(_lines, _list_lines, _dialect_lines, _odd_lines)
markdown = st.lists(_any_line, max_size=25).map("".join)


def _list_of(lines: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(lines, max_size=12).map(lambda those: "# T\n\n## A\n\n" + "".join(those))


list_markdown = _list_of(st.one_of(_list_lines, _dialect_lines))
odd_list_markdown = _list_of(st.one_of(_list_lines, _dialect_lines, _odd_lines))


# Values and things: every one of them is valid where it is put.

names = st.sampled_from(
    (
        "Zeta",
        "BLOOMZ",
        "GPT-4 (chat)",
        "天枢",
        "M-*x*",
        "A & B",
        "C++ 1.0",
        "ERNIE",
        "x_y",
        "T5 XXL",
    )
)
titles = st.sampled_from(
    (
        "Report",
        "A title: with a colon",
        "Hugging Face 🤗",
        "论文",
        "`code`",
        "Attention, again (v2)",
    )
)
urls = st.sampled_from(
    (
        "https://arxiv.org/abs/2401.00001", "https://github.com/a/b", "https://huggingface.co/a/b",
        "https://example.org/a_(b)", "https://example.org/?a=1&b=2", "https://example.org/x#/y",
        "http://例子.org/文",
    )
)  # fmt: skip
kinds = st.sampled_from(("paper", "code", "weights", "demo", "website", "dataset", "other"))
remarks = st.sampled_from(("", "", "official", "not yet, stay tuned!", "见 x"))
labels = st.sampled_from(("", "", "7B", "GPT-2 chat"))
notes = st.sampled_from(("", "A note.", "Two\nlines.", "See [this](https://n.org/).", "说明"))

links = st.builds(Link, titles, urls, kinds, labels, remarks)
own_links = st.builds(lambda url, kind: Link("", url, kind), urls, kinds)


def _entry(name: str, note: str, own: list[Link], below: list[Any]) -> Entry:
    return Entry(name, note, (), (*own, *below))


entries = st.recursive(
    st.builds(_entry, names, notes, st.lists(own_links, max_size=1), st.lists(links, max_size=2)),
    lambda deeper: st.builds(
        _entry,
        names,
        notes,
        st.lists(own_links, max_size=1),
        st.lists(st.one_of(links, deeper), max_size=3),
    ),
    max_leaves=4,
)


def _has_no_label(link: Link) -> Link:
    return replace(link, label="")


section_links = links.map(_has_no_label)
sections = st.builds(
    Section,
    names,
    notes,
    st.lists(st.one_of(entries, section_links), max_size=4).map(tuple),
)
meanings = st.builds(Meaning, names, notes, st.lists(sections, max_size=4).map(tuple))


# Edits of a meaning.


@st.composite
def edited(draw: st.DrawFn, meaning: Meaning, most: int = 3) -> Meaning:
    """The meaning after a few edits, as curators make them."""
    for _ in range(draw(st.integers(1, most))):
        meaning = draw(st.sampled_from(_EDITS))(draw, meaning)
    return meaning


def _rename(draw: st.DrawFn, meaning: Meaning) -> Meaning:
    return _set(draw, meaning, (Section, Entry), "name", names)


def _annotate(draw: st.DrawFn, meaning: Meaning) -> Meaning:
    return _set(draw, meaning, (Section, Entry), "note", notes)


def _retitle(draw: st.DrawFn, meaning: Meaning) -> Meaning:
    return _set(draw, meaning, (Link,), "title", titles)


def _readdress(draw: st.DrawFn, meaning: Meaning) -> Meaning:
    return _set(draw, meaning, (Link,), "url", urls)


def _remark(draw: st.DrawFn, meaning: Meaning) -> Meaning:
    return _set(draw, meaning, (Link,), "remark", remarks)


def _set(
    draw: st.DrawFn,
    meaning: Meaning,
    types: tuple[type, ...],
    field: str,
    values: st.SearchStrategy[str],
) -> Meaning:
    addresses = [address for address, thing in walk(meaning.sections) if isinstance(thing, types)]
    if not addresses:
        return meaning
    address = draw(st.sampled_from(addresses))
    value = draw(values)
    return changed(meaning, address, lambda thing: replace(thing, **{field: value}))


def _add(draw: st.DrawFn, meaning: Meaning) -> Meaning:
    parents = [address for address, thing in walk(meaning.sections) if not isinstance(thing, Link)]
    parent = draw(st.sampled_from([(), *parents]))
    if parent == ():
        thing: Any = draw(sections)
    elif len(parent) == 1:
        thing = draw(st.one_of(entries, section_links))
    else:
        thing = draw(st.one_of(entries, links))
    return _inserted(draw, meaning, parent, thing)


def _remove(draw: st.DrawFn, meaning: Meaning) -> Meaning:
    addresses = [address for address, _ in walk(meaning.sections)]
    return without(meaning, draw(st.sampled_from(addresses))) if addresses else meaning


def _move(draw: st.DrawFn, meaning: Meaning) -> Meaning:
    """One entry or titled link below another parent, or elsewhere among its siblings."""
    addresses = [a for a, t in walk(meaning.sections) if len(a) > 1 and getattr(t, "title", "x")]
    if not addresses:
        return meaning
    address = draw(st.sampled_from(addresses))
    thing = at(meaning, address)
    rest = without(meaning, address)
    if isinstance(thing, Link) and thing.label:
        parents = [a for a, t in walk(rest.sections) if isinstance(t, Entry)]
    else:
        parents = [a for a, t in walk(rest.sections) if not isinstance(t, Link)]
    if not parents:
        return meaning
    return _inserted(draw, rest, draw(st.sampled_from(parents)), thing)


def _reorder(draw: st.DrawFn, meaning: Meaning) -> Meaning:
    parents = [a for a, t in walk(meaning.sections) if len(getattr(t, "children", ())) > 1]
    parent = draw(st.sampled_from([(), *parents]))
    below = _children(meaning, parent)
    fixed = [t for t in below if isinstance(t, Link) and not t.title]
    free = [t for t in below if not (isinstance(t, Link) and not t.title)]
    if len(free) > 1:
        one, other = draw(st.lists(st.integers(0, len(free) - 1), min_size=2, max_size=2))
        free.insert(other, free.pop(one))
    return _with_children(meaning, parent, (*fixed, *free))


_EDITS: tuple[Callable[[st.DrawFn, Meaning], Meaning], ...] = (
    _rename, _annotate, _retitle, _readdress, _remark, _add, _remove, _move, _reorder
)  # fmt: skip


# The tree: a meaning with one place of it changed.


def at(meaning: Meaning, address: Address) -> Any:
    thing: Any = meaning.sections[address[0]]
    for index in address[1:]:
        thing = thing.children[index]
    return thing


def address_of(meaning: Meaning, *path: str) -> Address:
    """The address of the first thing on this path of names or titles."""
    for address, _ in walk(meaning.sections):
        said = [at(meaning, address[: n + 1]) for n in range(len(address))]
        if [getattr(thing, "name", None) or thing.title for thing in said] == list(path):
            return address
    raise LookupError(path)


def changed(meaning: Meaning, address: Address, change: Callable[[Any], Any]) -> Meaning:
    *parent, index = address
    below = _children(meaning, tuple(parent))
    return _with_children(
        meaning, tuple(parent), (*below[:index], change(below[index]), *below[index + 1 :])
    )


def without(meaning: Meaning, address: Address) -> Meaning:
    *parent, index = address
    below = _children(meaning, tuple(parent))
    return _with_children(meaning, tuple(parent), (*below[:index], *below[index + 1 :]))


def inserted(meaning: Meaning, parent: Address, index: int, thing: Any) -> Meaning:
    below = _children(meaning, parent)
    return _with_children(meaning, parent, (*below[:index], thing, *below[index:]))


def _inserted(draw: st.DrawFn, meaning: Meaning, parent: Address, thing: Any) -> Meaning:
    below = _children(meaning, parent)
    first = 1 if below and isinstance(below[0], Link) and not below[0].title else 0
    return inserted(meaning, parent, draw(st.integers(first, len(below))), thing)


def _children(meaning: Meaning, address: Address) -> tuple[Any, ...]:
    below: tuple[Any, ...] = at(meaning, address).children if address else meaning.sections
    return below


def _with_children(meaning: Meaning, address: Address, below: tuple[Any, ...]) -> Meaning:
    if not address:
        return replace(meaning, sections=below)
    return changed(meaning, address, lambda thing: replace(thing, children=below))
