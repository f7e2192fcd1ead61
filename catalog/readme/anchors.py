"""The anchors that GitHub gives to headings: where a table of contents has to point.

The rule is that of github-slugger, whose published cases were taken from GitHub itself. Put to
lower case, a heading keeps letters, marks, decimal and letter numbers, connectors such as ``_``,
and the plain hyphen; each space becomes a hyphen; all else is dropped without a trace. So two
spaces, or a space on either side of a dropped sign, leave two hyphens.
"""

import unicodedata
from typing import Final


def anchor(plain_text: str) -> str:
    """The anchor of a heading that stands alone in its document.

    ``plain_text`` is what the heading shows, without markup. Nothing is trimmed here, because
    GitHub does not either: Markdown has dropped the blanks round a heading before, and one that is
    left (before an emoji, after an image) shows in the anchor.
    """
    return plain_text.lower().translate(_FATES)


class Anchors:
    """The anchors of one document: give it every heading, in order, of whatever level."""

    def __init__(self) -> None:
        self._times_repeated: dict[str, int] = {}

    def next(self, plain_text: str) -> str:
        """The anchor of the next heading; one that is in use already gets ``-1``, ``-2``, …"""
        first = result = anchor(plain_text)
        while result in self._times_repeated:
            self._times_repeated[first] += 1
            result = f"{first}-{self._times_repeated[first]}"
        self._times_repeated[result] = 0
        return result


class _Fates(dict[int, str | None]):
    """What becomes of each character, found once: a table for ``str.translate``."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        fate = character if _is_kept(character) else None
        self[code] = fate
        return fate


def _is_kept(character: str) -> bool:
    category = unicodedata.category(character)
    return (
        category[0] in "LM"
        or category in ("Nd", "Nl", "Pc")
        or any(ord(character) in letters for letters in _LETTERS_AMONG_SYMBOLS)
    )


# Unicode files these under symbols, yet calls them alphabetic.
_LETTERS_AMONG_SYMBOLS: Final = (
    range(0x24B6, 0x24EA),  # Ⓐ to ⓩ
    range(0x1F130, 0x1F14A),  # 🄰 to 🅉
    range(0x1F150, 0x1F16A),  # 🅐 to 🅩
    range(0x1F170, 0x1F18A),  # 🅰 to 🆉
)

_FATES: Final = _Fates({ord(" "): "-", ord("-"): "-"})
