"""Random texts of lists that are plain, or would be but for a little."""

from __future__ import annotations

from hypothesis import strategies as st

CODE = "[code](https://github.com/google/t5)"
BADGE = "![code](https://img.shields.io/badge/-code.svg)"
_OTHER_BADGE = "![code](code.svg)"

_BEGINS = (
    "# T\n\n## Google\n \n", "so\n\n", "> so\n\n", "so\nso\n\n", "<br/>\n\n", "```\n\n## T\n\n",
    "<!--\n\nso\n\n", "<div>\n\n", "* T5\n\nso\n\n", "* T5\nso\n\n", "- so\n\n", "1. so\n\n",
    "[a]: https://a.org\n\n", "| a |\n|---|\n| b |\n\n", "    so\n\n", "\n", "",
)  # fmt: skip
_PLAIN = (
    "T5", "T5 family", "盘古 (PanGu)", "v1.0 & more", "GPT-2, GPT-3", "a _x_", CODE, f"T5: {CODE}",
    f"{CODE} {BADGE}", f"{CODE}  {BADGE} (so)", f"{CODE}\n (so, it is!)", "[two\n](https://a.org)",
    f"{CODE}{BADGE}", "[*a*](https://a.org/_b_)", "Paper", "MIT", "Licence", "Google Brain",
    f"Licence: {CODE}", f"Paper: {CODE}", "T5: [T5](https://a.org)", "[2023](https://a.org)",
    "[Google](#google)", "so it is", "[It is so, that is it.](https://a.org)", "[paper](https://a.org)",
    "[T5](https://a.org) (2020-05)", f"{CODE} {_OTHER_BADGE}", f"T5: {CODE} {_OTHER_BADGE}",
)  # fmt: skip
_OTHER = (
    "(T5)", "_x_", "a -b", "so.", "", "www.a.org", "a_www.b", "1. so", "# so", "> so", "文" * 31,
    "T5:", "[a]: https://a.org", "&amp;", "[a]( https://a.org)", "[a ](https://a.org)",
    "[a](https://a.org/(b))", f"{CODE} (so) so", f"{CODE} - so", "[x] so", f"{BADGE} {CODE}",
    f"{CODE}\nso", f"{CODE}[b]", "[a](HTTPS://a.org)", "T5\n  ---", "T5\n```",
)  # fmt: skip
_items = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(("", "", "  ", "  ", "  ", "    ", "    ", "      ", " ", "   ")),
    st.sampled_from(("* ",) * 12 + ("*  ", "- ", "*", "*\t", "")),
    st.sampled_from(_PLAIN * 10 + _OTHER),
    st.sampled_from(("\n",) * 12 + (" \n", "\n\n", "\n  \n", "  \n\n\n", "\r\n", "")),
)
_parts = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(("## Google\n\n",) * 20 + _BEGINS),
    st.sampled_from(("", "", "", "  ", "    ")),
    st.lists(_items, min_size=1, max_size=6).map("".join).map(str.lstrip),
    st.sampled_from(
        ("\n\n",) * 10
        + ("", "so\n", "\nso\n\n", "\n  so\n", "-->\n", "\n- a\n", "\n[a]: https://a.org\n\n")
    ),
)

_contents = st.lists(
    st.builds(
        "{}* [{}](#{}){}\n".format,
        st.sampled_from(("", "", "  ", "    ")),
        st.sampled_from(("Google", "Baidu", "文汇", "two\n")),
        st.sampled_from(("google", "baidu", "", "_b_")),
        st.sampled_from(("",) * 8 + (" ", " so", "\n")),
    ),
    min_size=1,
    max_size=6,
).map("".join)
_parts_or_contents = st.one_of(_parts, _parts, _parts, _contents.map("## Models\n\n{}\n".format))

texts = st.lists(_parts_or_contents, max_size=3).map("".join)
