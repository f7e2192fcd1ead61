import re
from collections.abc import Container, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import catalog.slugs
from catalog.slugs import MAX_LENGTH, Newcomer, base_slug, family_stem, slugs_for

REAL_LIST = Path(__file__).parent.parent / "fixtures" / "awesome-plm.md"
REAL_SLUGS = Path(__file__).parent / "slugs.txt"


NAMES = [
    ("BERT", "bert"),
    ("ERNIE 3.0 TiTan", "ernie-3-0-titan"),
    ("HunYuan_nlp", "hunyuan-nlp"),
    ("GPT, GPT-2, GPT-3", "gpt-gpt-2-gpt-3"),
    ("THU (Tsinghua) & BAAI (Beijing)", "thu-tsinghua-baai-beijing"),
    ("It's GPT-4's", "its-gpt-4s"),
    ("It’s", "its"),
    ("café Ünder ß", "cafe-under-ss"),
    ("Привет", "privet"),
    ("ＧＰＴ－２", "gpt-2"),
    ("T²", "t2"),
    ("🤗 Transformers", "transformers"),
    ("PanGu-α", "pangu-alpha"),
    ("PanGu-Σ", "pangu-sigma"),
    ("Ελληνικά", "ellinika"),
    ("", ""),
    ("🔥🔥", ""),
    ("——", ""),
]


def test_a_name_becomes_lower_case_words_with_hyphens(subtests: pytest.Subtests) -> None:
    for name, slug in NAMES:
        with subtests.test(name):
            assert base_slug(name) == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("百度", "bai-du"),
        ("织女 Vega v1", "zhi-nu-vega-v1"),
        ("GLM (通用语言模型)", "glm-tong-yong-yu-yan-mo-xing"),
        ("ZEN（中文）", "zen-zhong-wen"),
        ("日本語モデル", "ri-ben-yu-moderu"),
    ],
)
def test_han_is_written_as_its_syllables(name: str, slug: str) -> None:
    assert base_slug(name) == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Erlangshen (二郎神)", "erlangshen"),
        ("PanGu (盘古) family", "pangu-family"),
        ("Rangdeng (燃灯)", "rangdeng"),
        ("NEZHA (哪吒)", "nezha"),
        ("HunYuan_nlp (混元)", "hunyuan-nlp"),
        ("Er Lang Shen（二郎神）", "er-lang-shen"),
        ("盘古 (PanGu)", "pangu"),
        ("悟道 WuDao 2.0", "wudao-2-0"),
        ("千问 Qwen", "qwen"),
    ],
)
def test_han_that_only_repeats_the_latin_name_is_left_out(name: str, slug: str) -> None:
    assert base_slug(name) == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("封神榜——中文语言预训练模型开源计划", "feng-shen-bang"),
        ("ERNIE 3.0：知识增强大模型", "ernie-3-0"),
        ("CPM: 中文预训练模型", "cpm"),
        ("Turing — the model", "turing-the-model"),
        ("——中文", "zhong-wen"),
    ],
)
def test_a_subtitle_in_han_is_cut_off(name: str, slug: str) -> None:
    assert base_slug(name) == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        (
            "PLUG (**P**re-training for **L**anguage **U**nderstanding and **G**eneration))",
            "plug-pre-training-for-language-understanding-and-generation",
        ),
        ("[GPT](https://example.org/a(b)c)", "gpt"),
        ("[GPT][1]", "gpt"),
        ("[![logo](x.png)](https://example.org) Name", "name"),
        ("GPT<br/>Neo", "gptneo"),
        ("A &amp; B", "a-b"),
        ("`code` ~~old~~", "code-old"),
        (f"[GPT](https://example.org/{'long' * 200})", "gpt"),
    ],
)
def test_markdown_in_a_name_gives_its_plain_text(name: str, slug: str) -> None:
    assert base_slug(name) == slug


def test_a_long_name_is_cut_at_a_word() -> None:
    assert base_slug("word " * 40) == "-".join(["word"] * 12)
    assert base_slug("x" * 100) == "x" * MAX_LENGTH
    exactly = "a" * 29 + " " + "b" * 30
    assert base_slug(exactly) == base_slug(exactly + " c") == exactly.replace(" ", "-")


FAMILIES = [
    ("ERNIE family", "ernie"),
    ("GPT-family", "gpt"),
    ("T0 series ", "t0"),
    ("PanGu (盘古) family", "pangu"),
    ("Megatron-Turning NLG family", "megatron-turning-nlg"),
    ("**GLM** Family", "glm"),
    ("文心系列", "wen-xin"),
    ("ERNIE 家族", "ernie"),
    ("ERNIE", None),
    ("family", None),
    ("Subfamily", None),
    ("family of ERNIE", None),
    ("🔥 family", None),
]


def test_a_family_has_a_stem(subtests: pytest.Subtests) -> None:
    for name, stem in FAMILIES:
        with subtests.test(name):
            assert family_stem(name) == stem


def slug_of(name: str, taken: Container[str] = (), owners: Iterable[str] = ()) -> str:
    (slug,) = slugs_for([Newcomer(name, tuple(owners))], taken=taken)
    return slug


def test_a_taken_slug_gets_the_nearest_owner_that_helps() -> None:
    owners = ["CPM family", "BAAI", "THU (Tsinghua) & BAAI (Beijing)"]
    assert slug_of("CPM-1", taken=(), owners=owners) == "cpm-1"
    assert slug_of("CPM-1", taken={"cpm-1"}, owners=owners) == "cpm-1-baai"
    assert (
        slug_of("CPM-1", taken={"cpm-1", "cpm-1-baai"}, owners=owners)
        == "cpm-1-thu-tsinghua-baai-beijing"
    )


def test_after_each_owner_come_all_and_then_again() -> None:
    taken: set[str] = set()
    slugs = []
    for _ in range(7):
        slugs.append(slug_of("Base", taken=taken, owners=["OPT family", "Meta"]))
        taken.add(slugs[-1])
    assert slugs == [
        "base",
        "base-opt",
        "base-meta",
        "base-opt-meta",
        "base-opt-meta-again",
        "base-opt-meta-again-b",
        "base-opt-meta-again-c",
    ]


def test_letters_go_on_after_z() -> None:
    slugs = slugs_for([Newcomer("X")] * 54)
    assert slugs[26:29] == ["x-again-z", "x-again-aa", "x-again-ab"]
    assert slugs[-1] == "x-again-ba"


def test_a_name_without_letters_gets_a_word_and_its_owner() -> None:
    assert slug_of("🔥", taken=(), owners=["Google"]) == "model-google"
    assert slug_of("🔥", taken={"model-google"}, owners=["Google"]) == "model-google-again"
    assert slugs_for([Newcomer("🔥")], word="organisation") == ["organisation"]


def test_long_names_and_owners_share_the_length() -> None:
    name, owner = "word " * 20, "owner " * 20
    slug = slug_of(name, taken={base_slug(name)}, owners=[owner])
    assert slug == "word-word-word-word-word-word-owner-owner-owner-owner-owner"
    short = slug_of("T5", taken={"t5"}, owners=[owner])
    assert short == "t5-owner-owner-owner-owner-owner-owner-owner-owner-owner"
    assert slug_of("n" * 30, taken={"n" * 30}, owners=["o" * 30]) == f"{'n' * 29}-{'o' * 30}"


def test_the_stem_of_a_family_is_taken_for_other_organisations() -> None:
    tsinghua = Newcomer("ERNIE", ("Tsinghua AI", "THU"), "thu")
    family = Newcomer("ERNIE family", ("Baidu",), "baidu")
    own = Newcomer("ERNIE", ("ERNIE family", "Baidu"), "baidu")
    assert slugs_for([tsinghua]) == ["ernie"]
    assert slugs_for([tsinghua, family, own]) == ["ernie-tsinghua-ai", "ernie-family", "ernie"]
    assert slugs_for([tsinghua], families=[family]) == ["ernie-tsinghua-ai"]
    assert slugs_for([own], families=[family]) == ["ernie"]


def test_two_families_with_one_stem_both_hold_it() -> None:
    families = [Newcomer("CPM family", ("A",), "a"), Newcomer("CPM series", ("B",), "b")]
    models = [Newcomer("CPM", (owner.upper(),), owner) for owner in "cab"]
    assert slugs_for(models, families=families) == ["cpm-c", "cpm", "cpm-b"]


def test_newcomers_avoid_what_is_taken_and_each_other() -> None:
    bert = Newcomer("BERT", ("Google",), "google")
    assert slugs_for([bert, bert], taken={"bert"}) == ["bert-google", "bert-google-again"]


@given(
    st.lists(
        st.tuples(
            st.text(max_size=90) | st.sampled_from(["GPT", "GPT family", "盘古", "🔥"]),
            st.lists(st.text(max_size=70) | st.sampled_from(["GPT family", "BAAI"]), max_size=3),
        ),
        max_size=8,
    ),
    st.sets(st.sampled_from(["gpt", "model", "pan-gu", "gpt-baai"])),
)
def test_any_names_get_different_good_slugs(
    names: list[tuple[str, list[str]]], taken: set[str]
) -> None:
    records = [Newcomer(name, tuple(owners), str(n % 2)) for n, (name, owners) in enumerate(names)]
    slugs = slugs_for(records, taken=taken)
    assert len(slugs) == len(set(slugs)) == len(records)
    for slug in slugs:
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert len(slug) <= MAX_LENGTH
        assert slug not in taken


def test_a_thousand_equal_names_do_not_count_from_the_beginning_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted = []
    letters = catalog.slugs._letters
    monkeypatch.setattr(catalog.slugs, "_letters", lambda n: counted.append(n) or letters(n))
    assert len(set(slugs_for([Newcomer("BERT", ("Google",))] * 1000))) == 1000
    assert len(counted) < 3000


def test_the_slugs_of_the_real_list_are_those_that_people_have_read() -> None:
    organisations, models = _real_list()
    assert (len(organisations), len(models)) == (21, 102)
    slugs = dict(zip(organisations, slugs_for(organisations, word="organisation"), strict=True))
    slugs |= dict(zip(models, slugs_for(models), strict=True))
    lines = []
    for organisation in organisations:
        lines.append(f"{organisation.name}: {slugs[organisation]}")
        lines += [
            f"{' > '.join([*reversed(model.owners), model.name])}: {slugs[model]}"
            for model in models
            if model.organisation == organisation.organisation
        ]
    assert "\n".join(lines) + "\n" == REAL_SLUGS.read_text(encoding="utf-8")


def _real_list() -> tuple[list[Newcomer], list[Newcomer]]:
    """Organisations and models in the order of the list, by a reading of its plain bullets."""
    organisations: list[Newcomer] = []
    models: list[Newcomer] = []
    above: list[tuple[int, str]] = []  # indent and name of the bullets that are open
    for line in REAL_LIST.read_text(encoding="utf-8").split("\n"):
        heading = re.fullmatch(r"## (.+)", line)
        bullet = re.fullmatch(r"( *)\* +(.+)", line)
        if heading:
            name = heading[1].strip()
            if name.startswith("More PLMs"):
                break
            organisations.append(Newcomer(name, (), name))
            above = []
        elif bullet and organisations:
            indent, name = len(bullet[1]), bullet[2]
            link = re.match(r"\[([^\]]*)", name)
            if link and indent:
                continue  # a resource
            name = link[1] if link else re.split(r": *\[", name)[0].strip()
            above = [(depth, owner) for depth, owner in above if depth < indent]
            organisation = organisations[-1].name
            owners = (*(owner for _, owner in reversed(above)), organisation)
            models.append(Newcomer(name, owners, organisation))
            above.append((indent, name))
    return organisations, models
