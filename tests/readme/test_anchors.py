import pytest

from catalog.readme.anchors import Anchors, anchor

CASES = [
    # the real list
    ("Alibaba", "alibaba"),
    ("BigSicence", "bigsicence"),
    ("Facebook (Meta)", "facebook-meta"),
    ("Fudan University", "fudan-university"),
    ("JD (JINGDONG)", "jd-jingdong"),
    ("THU (Tsinghua) & BAAI (Beijing)", "thu-tsinghua--baai-beijing"),
    ("More PLMs are  coming ...", "more-plms-are--coming-"),
    # blanks: each space is one hyphen, none is collapsed, other blanks are dropped
    ("two  spaces", "two--spaces"),
    ("three   spaces", "three---spaces"),
    ("a - b", "a---b"),
    ("tab\there", "tabhere"),
    ("two\nlines", "twolines"),
    ("no-break\u00a0space", "no-breakspace"),
    ("ideographic\u3000space", "ideographicspace"),
    (" left after an image", "-left-after-an-image"),
    ("left before an image ", "left-before-an-image-"),
    (" ", "-"),
    ("", ""),
    # kept signs
    ("snake_case_name", "snake_case_name"),
    ("__init__", "__init__"),
    ("half-baked --flag", "half-baked---flag"),
    ("-", "-"),
    ("fullwidth＿line and undertie‿", "fullwidth＿line-and-undertie‿"),
    # dropped punctuation
    ("What's new?", "whats-new"),
    ("It’s “quoted”", "its-quoted"),
    ("C++ & C#", "c--c"),
    ("v1.2.3", "v123"),
    ("a/b\\c|d", "abcd"),
    ("50% of $100 + 1 = ?", "50-of-100--1--"),
    ("`code` *star* ~tilde~ ^hat^", "code-star-tilde-hat"),
    ("[brackets] {braces} <angles>", "brackets-braces-angles"),
    ("mail@example.org", "mailexampleorg"),
    ("en–dash em—dash minus−sign", "endash-emdash-minussign"),
    ("bullet • and ellipsis…", "bullet--and-ellipsis"),
    ("&amp; as text", "amp-as-text"),
    ("!!!", ""),
    ("soft\u00adhyphen zero\u200bwidth\u200dsigns", "softhyphen-zerowidthsigns"),
    # letters of all scripts, in lower case
    ("CamelCase", "camelcase"),
    ("Éclair Über Ñandú", "éclair-über-ñandú"),
    ("STRASSE Straße ẞ", "strasse-straße-ß"),
    ("İstanbul ISPARTA ılık", "i\u0307stanbul-isparta-ılık"),
    ("ΟΔΥΣΣΕΥΣ ΣΑΣ", "οδυσσευς-σας"),
    ("Σ Σ' ΑΣ.Β", "σ-σ-ασβ"),
    ("Привет МИР", "привет-мир"),
    ("ЁЖ ї", "ёж-ї"),
    ("封神榜——中文语言预训练模型开源计划", "封神榜中文语言预训练模型开源计划"),
    ("盘古（PanGu）、哪吒", "盘古pangu哪吒"),
    ("日本語 カタカナー 々〆", "日本語-カタカナー-々〆"),
    ("한국어 모델", "한국어-모델"),
    ("עברית العربية", "עברית-العربية"),
    ("हिन्दी ไทย", "हिन्दी-ไทย"),
    ("ＦＵＬＬ ｗｉｄｔｈ！", "ｆｕｌｌ-ｗｉｄｔｈ"),
    ("𝐁old 𐐀", "𝐁old-𐐨"),
    ("ª º ʰ", "ª-º-ʰ"),
    # marks
    ("e\u0301 stays in two", "e\u0301-stays-in-two"),
    ("E\u0301", "e\u0301"),
    ("enclosed 1\u20e3", "enclosed-1\u20e3"),
    # numbers: decimal and letter numbers stay, others go
    ("GPT-4 ١٢٣ ４", "gpt-4-١٢٣-４"),
    ("x² H₂O ½ ① ㈠", "x-ho---"),
    ("Ⅳ ⅷ 〇", "ⅳ-ⅷ-〇"),
    # symbols and emoji
    ("🔥 hot", "-hot"),
    ("Coming soon!🔥", "coming-soon"),
    ("Hugging Face 🤗", "hugging-face-"),
    ("⚠\ufe0f Warning", "\ufe0f-warning"),  # the variation selector is a mark, and stays
    ("👩\u200d💻 👍🏽 🇨🇳", "--"),
    ("€ ™ © °", "---"),
    ("Ⓐ ⓑ 🄰 🅐 🅱", "ⓐ-ⓑ-🄰-🅐-🅱"),  # symbols that Unicode calls alphabetic
    ("→ ≤ √", "--"),
    ("´ ¨ ^ ˆ", "---ˆ"),
]


def test_a_heading_has_the_anchor_that_github_gives_it(subtests: pytest.Subtests) -> None:
    for heading, expected in CASES:
        with subtests.test(heading):
            assert anchor(heading) == expected


DOCUMENTS = [
    (["foo", "foo", "foo"], ["foo", "foo-1", "foo-2"]),
    (["Foo", "FOO", "foo!"], ["foo", "foo-1", "foo-2"]),
    (["foo", "foo-1", "foo"], ["foo", "foo-1", "foo-2"]),
    (["foo-1", "foo", "foo"], ["foo-1", "foo", "foo-2"]),
    (["foo", "foo", "foo-1"], ["foo", "foo-1", "foo-1-1"]),
    (["foo", "foo", "foo 1", "foo-1", "foo"], ["foo", "foo-1", "foo-1-1", "foo-1-2", "foo-2"]),
    (["a-1", "a-2", "a", "a", "a"], ["a-1", "a-2", "a", "a-3", "a-4"]),
    (["🔥", "🔥", "!"], ["", "-1", "-2"]),
    (["-1", "", ""], ["-1", "", "-2"]),
    (["constructor", "__proto__", "__proto__"], ["constructor", "__proto__", "__proto__-1"]),
    (["模型", "模型"], ["模型", "模型-1"]),
]


@pytest.mark.parametrize(("headings", "expected"), DOCUMENTS)
def test_equal_headings_of_one_document_are_counted(
    headings: list[str], expected: list[str]
) -> None:
    anchors = Anchors()
    assert [anchors.next(heading) for heading in headings] == expected


def test_each_document_counts_on_its_own() -> None:
    assert Anchors().next("foo") == Anchors().next("foo") == "foo"
