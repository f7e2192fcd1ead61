import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.kinds import KINDS, OTHER, badge_image, choices, guess_kind, kind_of_badge

REAL_LIST = Path(__file__).parent.parent / "fixtures" / "awesome-plm.md"
VALUES = [kind.value for kind in KINDS]


def test_the_real_list_has_these_kinds() -> None:
    text = REAL_LIST.read_text(encoding="utf-8")
    entries = text[text.index("\n## ") : text.index("\n## More PLMs")]
    links = re.findall(r"^(?!>).*?(?<!!)\[[^\]]*\]\((\S+?)\)(?: *!\[([^\]]*)\])?", entries, re.M)
    counted = Counter(kind_of_badge(alt) or guess_kind(url) for url, alt in links)
    assert counted == {"paper": 41, "code": 22, "weights": 9, "demo": 2, "website": 1, "other": 1}


BADGES = [
    ("paper", "paper"),
    ("Paper", "paper"),
    ("arXiv", "paper"),
    ("[PDF]", "paper"),
    ("论文", "paper"),
    ("github", "code"),
    ("GitHub", "code"),
    ("code", "code"),
    (" source-code ", "code"),
    ("Hugging Face 🤗", "weights"),
    ("hugging_face", "weights"),
    ("model", "weights"),
    ("weights", "weights"),
    ("模型", "weights"),
    ("demo", "demo"),
    ("Open In Colab", "demo"),
    ("website", "website"),
    ("dataset", "dataset"),
    ("blog", "post"),
    ("other", "other"),
    ("", None),
    ("🤗", None),
    ("Awesome", None),
    ("GitHub stars", None),
    ("License: MIT", None),
]


def test_a_badge_states_a_kind_or_none(subtests: pytest.Subtests) -> None:
    for alt, kind in BADGES:
        with subtests.test(alt):
            assert kind_of_badge(alt) == kind


ADDRESSES = [
    ("https://arxiv.org/abs/2206.07808", "paper"),
    ("http://export.arxiv.org/abs/2206.07808", "paper"),
    ("https://doi.org/10.1145/3503250", "paper"),
    ("https://aclanthology.org/2021.nlp4convai-1.14/", "paper"),
    ("https://openreview.net/forum?id=abc", "paper"),
    ("https://www.sciencedirect.com/science/article/pii/S2666651021000310", "paper"),
    ("https://dl.acm.org/doi/10.1145/3503250", "paper"),
    ("https://papers.nips.cc/paper/2017/hash/3f5e", "paper"),
    ("https://proceedings.mlr.press/v139/", "paper"),
    ("https://example.org/a/report.PDF?download=1#page=2", "paper"),
    ("https://github.com/openai/gpt-3/blob/main/model.pdf", "paper"),
    ("report.pdf", "paper"),
    ("https://github.com/THUDM/GLM", "code"),
    ("HTTPS://WWW.GitHub.com/THUDM/GLM", "code"),
    ("https://gitlab.example.org/nlp/model", "code"),
    ("https://gitee.com/mindspore/models", "code"),
    ("https://huggingface.co/EleutherAI", "weights"),
    ("https://huggingface.co/facebook/opt-350m", "weights"),
    ("https://huggingface.co/spaces/facebook/opt", "demo"),
    ("https://huggingface.co/datasets/squad", "dataset"),
    ("https://huggingface.co/papers/2206.07808", "paper"),
    ("https://huggingface.co/blog/bloom", "post"),
    ("https://huggingface.co/docs/transformers", "website"),
    ("https://huggingface.co?blog", "weights"),
    ("https://colab.research.google.com/drive/1", "demo"),
    ("https://chat.example.org/", "demo"),
    ("https://zenodo.org/record/1", "dataset"),
    ("https://docs.google.com/forms/d/e/1/viewform", "other"),
    ("https://docs.example.org/", "website"),
    ("https://fengshenbang-doc.readthedocs.io/zh/latest/index.html", "website"),
    ("https://someone.github.io/model/", "website"),
    ("https://medium.com/@somebody/a-post", "post"),
    ("https://blog.example.org/a", "post"),
    ("https://example.org/blog/a", "post"),
    ("https://example.org/model", "other"),
    ("https://notarxiv.org/abs/1", "other"),
    ("https://arxiv.org.example.com/abs/1", "other"),
    ("https://example.org/https://arxiv.org/abs/1", "other"),
    ("https://reader@github.com:443/THUDM/GLM", "code"),
    ("github.com/THUDM/GLM", "other"),
    ("mailto:somebody@github.com", "other"),
    ("#google", "other"),
    ("", "other"),
]


def test_the_address_suggests_a_kind(subtests: pytest.Subtests) -> None:
    for url, kind in ADDRESSES:
        with subtests.test(url):
            assert guess_kind(url) == kind


def test_every_badge_image_states_its_kind() -> None:
    for value in VALUES:
        image = re.fullmatch(r"!\[(.+)\]\(https://img\.shields\.io/badge/\S+\)", badge_image(value))
        assert image is not None
        assert kind_of_badge(image[1]) == value
    assert badge_image("paper") == (
        "![paper](https://img.shields.io/badge/-paper-lightgrey?style=flat)"
    )


def test_no_badge_and_no_place_belongs_to_two_kinds() -> None:
    badges = [alt for kind in KINDS for alt in (kind.value, *kind.badges)]
    places = [place for kind in KINDS for place in kind.places]
    assert len(badges) == len(set(badges))
    assert len(places) == len(set(places))


def test_every_alt_text_of_the_table_can_be_found() -> None:
    for kind in KINDS:
        for alt in (kind.label, *kind.badges):
            assert kind_of_badge(alt) == kind.value
            assert kind_of_badge(f"🔥 {alt.upper()}!") == kind.value


def test_choices_offer_every_kind_with_its_label() -> None:
    assert [value for value, _ in choices()] == VALUES
    assert ("paper", "Paper") in choices()
    assert OTHER in VALUES


def test_an_unknown_kind_has_no_badge_and_the_error_names_the_kinds() -> None:
    with pytest.raises(ValueError, match=r"“song”.*paper, code, weights"):
        badge_image("song")


@given(st.text() | st.text(alphabet="abhtps:/.?#@% *pdf|。İ").map("https://".__add__))
def test_any_text_gets_a_known_kind(text: str) -> None:
    assert guess_kind(text) in VALUES
    assert kind_of_badge(text) in [None, *VALUES]


def test_an_endless_host_takes_no_time() -> None:
    assert guess_kind(f"https://{'a.' * 1_000_000}/") == OTHER
