"""Our own form of a list: records anew, kept text verbatim where it was."""

import pytest

from catalog.readme import parse, render
from catalog.sync.canonical import LosesKeptText, canonical_text
from tests.readme.lists import documents

KEPT = """\
<!-- at the head -->

# PLMs

  Introduction.

Kept below it.

- [Google](#google)

## Google

-   T5
<!-- between -->
-   BERT
    -   [p](https://arxiv.org/abs/1)


---



## Baidu
- ERNIE
"""

CANONICAL = """\
<!-- at the head -->

# PLMs

Introduction.

Kept below it.

* [Google](#google)
* [Baidu](#baidu)

## Google

* T5
<!-- between -->
* BERT
  * [p](https://arxiv.org/abs/1)

---

## Baidu

* ERNIE
"""


def test_records_are_written_anew_and_kept_text_stays_in_its_place():
    assert canonical_text(parse(KEPT)) == CANONICAL


def test_what_is_canonical_stays_as_it_is():
    assert canonical_text(parse(CANONICAL)) == CANONICAL


def test_a_list_without_kept_text_is_what_its_meaning_renders_to():
    document = parse("# L\n\n## A\n\n- M\n    - N\n")
    assert canonical_text(document) == render(document.meaning)


def test_no_line_of_kept_text_is_lost_in_any_list():
    tried = 0
    for path, document in documents():
        try:
            text = canonical_text(document)
        except LosesKeptText:
            continue
        tried += 1
        assert parse(text).meaning == document.meaning, path
        assert canonical_text(parse(text)) == text, path
        lines = set(text.split("\n"))
        for piece in document.partition:
            if piece.owner == "kept":
                for line in document.raw[piece.start : piece.end].decode().split("\n"):
                    assert not line.strip() or line in lines, (path, line)
    assert tried > 10


def test_kept_text_that_our_form_has_no_place_for_is_refused_with_its_line():
    """Here `## Google` is read as kept text, but would be an organisation in our form."""
    with pytest.raises(LosesKeptText, match="on line 1"):
        canonical_text(parse("## Google\n\n* GPT-2\n\n# Title\n\nIntroduction.\n\n* GPT-3\n"))
