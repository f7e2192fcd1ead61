"""The real list, and the same list many times as long."""

import re
from pathlib import Path

REAL_LIST = Path(__file__).parent.parent / "fixtures" / "awesome-plm.md"

_SECTION = re.compile(r"^## (.*)$", re.MULTILINE)


def real_list() -> str:
    return REAL_LIST.read_bytes().decode()


def times_as_long(times: int) -> str:
    """Its organisations again and again, each time with a number behind their names."""
    text = real_list()
    begin = _SECTION.search(text)
    end = text.index("## More PLMs are")
    assert begin is not None
    body = text[begin.start() : end]
    copies = [
        _SECTION.sub(lambda heading, n=n: f"## {heading[1].rstrip()} {n}", body)
        for n in range(2, times + 1)
    ]
    return text[:end] + "".join(copies) + text[end:]
