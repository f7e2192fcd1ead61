"""What is a sentence, and what may be a name; which headings speak of the list itself."""

from __future__ import annotations

import re
from typing import Final

_ENDS: Final = (".", "!", "?", ";", "。", "！", "？", "；", "…")
_ABBREVIATED: Final = ("al.", "etc.", "v.", "no.", "inc.", "ltd.", "co.", "u.s.")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_MOST_HAN: Final = 30
MOST_WORDS_OF_A_NAME: Final = 8
_MOST_WORDS_OF_A_LABEL: Final = 6
_LABELLED: Final = re.compile(
    r"""(?P<open>\*\*|__|\*|_|`|)(?P<label>[^\n:：*_`\[\]]{1,60}?)\s*+
        (?: (?P=open)\s*+(?:：|:(?=\s)) | [:：](?P=open)(?=\s|[^\x00-\x7f]) )\s*""",
    re.VERBOSE,
)

_NAME_AND_NOTE: Final = re.compile(
    r"(?P<name>[^\n]*?\S)\s++(?:-{1,2}|[\u2012-\u2015])\s+(?P<note>(?s:.+))"
)
_CONTENTS: Final = re.compile(r"\W*(?:(?:table of )?contents?|toc|目录)\W*")
_ABOUT_THE_LIST: Final = re.compile(
    r"""\W* (?: \d+[.)] \s* )? (?: (?: how\ to\ )? contribut (?: e | ing | ion s? | or s? )
            (?: \ guide (?: lines? )? | \ to\ .* )?
        | licen[cs]e s? | licensing | acknowledge?ments? | credits | disclaimer | footnotes?
        | star\ history | stargazers | stars? (?: \ over\ time )? | changelog | sponsors?
        | citations? | cite (?: \ us | \ this )? | contacts? (?: \ us )? | support (?: \ us )?
        | code\ of\ conduct | join\ us | (?: table\ of\ )? contents? | toc
        | 贡献者? | 如何贡献 | 参与贡献 | 许可证? | 致谢 | 引用 | 联系 (?: 我们 | 方式 )?
        | 点赞历史 | 免责声明 | 目录
    ) \W* """,
    re.VERBOSE,
)


def is_prose(text: str, *, most_words: int = 12) -> bool:
    """Whether a text is a sentence rather than a name."""
    text = text.strip()
    words = len(text.split())
    han = 0 if text.isascii() else len(_HAN.findall(text))
    if words > most_words or han > _MOST_HAN:
        return True
    if text.endswith(_ENDS) and not text.lower().endswith(_ABBREVIATED):
        return words > 3 or han > 8
    return False


def name_and_note(text: str) -> re.Match[str] | None:
    """`macOS - Apple's operating system`: a name without a link, and its note."""
    if "-" not in text and text.isascii():
        return None
    found = _NAME_AND_NOTE.fullmatch(text)
    if found is None or is_marked_as_name(text) or is_prose(found["name"], most_words=6):
        return None
    return found


def label_of(words: str) -> re.Match[str] | None:
    """The words before a colon, if they can be the title of what follows: `Keyword: alignment`."""
    if ":" not in words and "：" not in words:
        return None
    found = _LABELLED.match(words)
    if found is None or len(found["label"].split()) > _MOST_WORDS_OF_A_LABEL:
        return None
    return found if found.end() < len(words) and found["label"].strip() else None


def is_marked_as_name(text: str) -> bool:
    """A colon at the end of an item says that all of it is the name."""
    return text.rstrip().endswith((":", "：")) and len(text.strip()) > 1


def needs_mark(name: str) -> bool:
    """Whether an item with this name alone would be read as something else."""
    return (
        is_prose(name, most_words=MOST_WORDS_OF_A_NAME)
        or name_and_note(name) is not None
        or label_of(name) is not None
    )


def is_about_the_list(heading: str) -> bool:
    """Whether what stands below a heading speaks of the list itself, not of what it lists."""
    return _ABOUT_THE_LIST.fullmatch(heading.lower()) is not None


def names_contents(heading: str) -> bool:
    """Whether a heading says that the table of contents stands below it."""
    return _CONTENTS.fullmatch(heading.lower()) is not None
