"""What the replay benchmark counts as clean: by the two texts alone."""

import pytest

from benchmarks.clean import is_clean, is_strictly_clean

TEXT = """# List

## Tools

- [vLLM](https://github.com/vllm-project/vllm) - An engine.
- [TGI](https://github.com/huggingface/tgi)  - A toolkit.

Thanks to all.
"""
LAST = "- [TGI](https://github.com/huggingface/tgi)  - A toolkit.\n"
NEW = "- [SGLang](https://github.com/sgl-project/sglang) - Fast.\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [(LAST, LAST + NEW), ("An engine.", "A fast engine."), ("A toolkit.", "A kit.")],
    ids=["an entry comes", "a field changes", "a field changes beside what is stray"],
)
def test_an_edit_of_records_alone_is_clean(old, new):
    after = TEXT.replace(old, new)
    assert is_clean(TEXT, after)
    assert is_strictly_clean(TEXT, after)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LAST, ""),
        (LAST, "\n" + LAST),
        (")  - A toolkit.", ") - A toolkit."),
        (LAST, LAST + NEW.replace(") -", ")  -")),
        (LAST, LAST + NEW.replace("Fast.", "Fast. <!-- 7 -->")),
        (" - An engine", " -- An engine"),
    ],
    ids=[
        "an entry goes",
        "a blank line comes",
        "a stray blank goes",
        "a stray blank comes",
        "a comment comes",
        "a line changes that says the same",
    ],
)
def test_what_changes_beside_the_records_is_not_strictly_clean(old, new):
    assert not is_strictly_clean(TEXT, TEXT.replace(old, new))


def test_a_changed_line_of_nobody_is_not_clean():
    assert not is_clean(TEXT, TEXT.replace("Thanks to all.", "Thanks."))
    assert not is_strictly_clean(TEXT, TEXT.replace("Thanks to all.", "Thanks."))
