"""What a list should be looked at for, in one line."""

import pytest

from catalog.readme.lint import Finding, in_short

MODEL = ("model", "models")


def finding(rule: str, about: str = "", severity: str = "warning", line: int = 7) -> Finding:
    return Finding(line, severity, rule, "Something.", "Mend it.", about=about)


def absent(*names: str) -> list[Finding]:
    return [finding("contents-missing", name) for name in names]


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        ([], ""),
        ([finding("second-title")], ""),
        ([finding("without-link")], "1 model without a link."),
        ([finding("without-link")] * 1200, "1,200 models without a link."),
        (absent("A"), "A missing from the contents."),
        (absent("A", "B"), "A and B missing from the contents."),
        (absent("A", "B", "C", "D"), "A, B, C and D missing from the contents."),
        (absent("A", "B", "C", "D", "E"), "A, B, C and 2 more missing from the contents."),
        ([finding("link-expires", "2030-01-01")], ""),
        ([finding("link-expires", "2022-08-09", "error")], "1 link expired on 2022-08-09."),
        (
            [finding("link-expires", day, "error") for day in ("2022-08-09", "2021-01-01")],
            "2 links expired since 2021-01-01.",
        ),
        ([finding("dead-anchor", "", "error", 9)], "1 error more, in line 9."),
        (
            [finding("without-link"), *absent("A"), finding("dead-anchor", "", "error")],
            "1 model without a link; A missing from the contents; 1 error more, in line 7.",
        ),
    ],
)
def test_what_matters_is_counted_and_named(findings, said):
    assert in_short(findings, MODEL) == said
