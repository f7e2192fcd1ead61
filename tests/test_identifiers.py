import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.identifiers import Identifier, identify, is_web_address, normal_url, paper_date

ADDRESSES = [
    ("https://arxiv.org/abs/2206.07808", "arxiv:2206.07808"),
    ("http://www.arxiv.org/abs/2206.07808v2", "arxiv:2206.07808"),
    ("https://arxiv.org/pdf/2206.07808", "arxiv:2206.07808"),
    ("https://arxiv.org/pdf/2206.07808v12.pdf#page=3", "arxiv:2206.07808"),
    ("https://arxiv.org/html/2206.07808v1/", "arxiv:2206.07808"),
    ("https://export.arxiv.org/abs/2206.07808?context=cs", "arxiv:2206.07808"),
    ("https://ar5iv.labs.arxiv.org/html/2206.07808", "arxiv:2206.07808"),
    ("https://arxiv.org/ftp/arxiv/papers/2302/2302.00123.pdf", "arxiv:2302.00123"),
    ("https://arxiv.org/abs/0704.0001", "arxiv:0704.0001"),
    ("https://arxiv.org/abs/cs/0112017", "arxiv:cs/0112017"),
    ("https://arxiv.org/pdf/CS.CL/0112017v1.pdf", "arxiv:cs/0112017"),
    ("https://arxiv.org/abs/hep-th/9901001", "arxiv:hep-th/9901001"),
    ("https://doi.org/10.48550/arXiv.2206.07808", "arxiv:2206.07808"),
    ("https://doi.org/10.1016/J.AIOpen.2021.07.001", "doi:10.1016/j.aiopen.2021.07.001"),
    ("http://dx.doi.org/10.1016%2Fj.aiopen.2021.07.001", "doi:10.1016/j.aiopen.2021.07.001"),
    ("https://dl.acm.org/doi/abs/10.1145/3503250.3505231", "doi:10.1145/3503250.3505231"),
    ("https://link.springer.com/content/pdf/10.1007/978-3.pdf", "doi:10.1007/978-3"),
    ("https://doi.org/10.18653/v1/2021.nlp4convai-1.14", "acl:2021.nlp4convai-1.14"),
    ("https://doi.org/10.18653/v1/unknown", "doi:10.18653/v1/unknown"),
    ("https://aclanthology.org/2021.nlp4convai-1.14/", "acl:2021.nlp4convai-1.14"),
    ("https://aclanthology.org/2021.nlp4convai-1.14v2.pdf", "acl:2021.nlp4convai-1.14"),
    ("https://www.aclweb.org/anthology/2020.acl-main.9.pdf", "acl:2020.acl-main.9"),
    ("https://www.aclweb.org/anthology/p19-1139", "acl:P19-1139"),
    ("https://openreview.net/forum?id=gEZrGCozdqR", "openreview:gEZrGCozdqR"),
    ("https://openreview.net/pdf?a=1&id=H1e-A_7", "openreview:H1e-A_7"),
    ("https://github.com/THUDM/GLM-130B", "github:thudm/glm-130b"),
    ("https://www.github.com/thudm/glm-130b.git", "github:thudm/glm-130b"),
    ("https://github.com/THUDM/GLM-130B/#readme", "github:thudm/glm-130b"),
    ("https://github.com/THUDM", "github:thudm"),
    (
        "https://github.com/facebookresearch/fairseq/tree/nllb/",
        "github:facebookresearch/fairseq/tree/nllb",
    ),
    (
        "https://github.com/FacebookResearch/fairseq/blob/main/m2m_100/README.md",
        "github:facebookresearch/fairseq/blob/main/m2m_100/README.md",
    ),
    ("https://huggingface.co/facebook/OPT-350m", "huggingface:facebook/opt-350m"),
    ("https://huggingface.co/facebook/opt-350m/tree/main", "huggingface:facebook/opt-350m"),
    ("https://hf.co/facebook/opt-350m/", "huggingface:facebook/opt-350m"),
    ("https://huggingface.co/EleutherAI", "huggingface:eleutherai"),
    ("https://huggingface.co/xlm-roberta-base", "huggingface:xlm-roberta-base"),
    ("https://huggingface.co/spaces/THUDM/GLM", "huggingface:spaces/thudm/glm"),
    ("https://huggingface.co/datasets/squad", "huggingface:datasets/squad"),
    ("https://huggingface.co/a/B/blob/main/README.md", "huggingface:a/b/blob/main/README.md"),
]


def test_an_address_says_what_it_stands_for(subtests: pytest.Subtests) -> None:
    for url, identifier in ADDRESSES:
        with subtests.test(url):
            assert str(identify(url)) == identifier


WITHOUT_IDENTIFIER = [
    "",
    "arxiv.org/abs/2206.07808",
    "ftp://arxiv.org/abs/2206.07808",
    "https://arxiv.org",
    "https://arxiv.org/list/cs.CL/recent",
    "https://arxiv.org/abs/0112017",
    "https://notarxiv.org/abs/2206.07808",
    "https://example.org/?u=https://arxiv.org/abs/2206.07808",
    "https://doi.org/",
    "https://doi.org/10.48550/arXiv.unknown",
    "https://www.sciencedirect.com/science/article/pii/S2666651021000310",
    "https://aclanthology.org/volumes/2021.acl-long/",
    "https://openreview.net/group?id=ICLR.cc",
    "https://openreview.net/forum",
    "https://github.com/",
    "https://github.com/topics/nlp",
    "https://gist.github.com/somebody/0123456789",
    "https://huggingface.co/",
    "https://huggingface.co/datasets",
    "https://huggingface.co/blog/bloom",
]


def test_an_address_that_does_not_say_it_has_no_identifier(subtests: pytest.Subtests) -> None:
    for url in WITHOUT_IDENTIFIER:
        with subtests.test(url):
            assert identify(url) is None


def test_two_folders_of_one_repository_are_two_things() -> None:
    base = "https://github.com/facebookresearch/fairseq"
    urls = [base, f"{base}/tree/main/examples/xglm", f"{base}/tree/main/examples/m2m_100"]
    assert len({identify(url) for url in urls}) == 3


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2206.07808", "2022-06"),
        ("0704.0001", "2007-04"),
        ("cs/0112017", "2001-12"),
        ("hep-th/9901001", "1999-01"),
        ("hep-th/9108001", "1991-08"),
        ("9912.00001", "2099-12"),
        ("2213.00001", None),
        ("2200.00001", None),
        ("nonsense", None),
    ],
)
def test_an_arxiv_identifier_says_the_month(value: str, date: str | None) -> None:
    assert paper_date(Identifier("arxiv", value)) == date


def test_only_arxiv_says_the_month() -> None:
    assert paper_date(Identifier("acl", "2021.nlp4convai-1.14")) is None
    assert paper_date(Identifier("github", "2206.07808")) is None


SPELLINGS = [
    ("https://example.org/A", "https://example.org/A"),
    ("HTTP://WWW.Example.ORG:80/A/", "https://example.org/A"),
    ("https://example.org:443", "https://example.org"),
    ("https://example.org:8443/", "https://example.org:8443"),
    (" https://example.org./ ", "https://example.org"),
    ("https://example.org/a/?q=B#", "https://example.org/a?q=B"),
    ("https://example.org/a?#x", "https://example.org/a#x"),
    ("https://example.org/#Top", "https://example.org#Top"),
    ("https://nlp.aliyun.com/portal#/plug", "https://nlp.aliyun.com/portal#/plug"),
    ("https://example.org/%7ea%2fb", "https://example.org/~a%2Fb"),
    ("https://example.org/中文", "https://example.org/%E4%B8%AD%E6%96%87"),
    ("https://example.org/%e4%b8%ad文", "https://example.org/%E4%B8%AD%E6%96%87"),
    ("https://example.org/100%/%%341", "https://example.org/100%25/%2541"),
    ("https://example.org/a b\x7f", "https://example.org/a%20b%7F"),
    ("https://www.www.example.org", "https://www.www.example.org"),
    ("docs/Page.md/", "docs/Page.md/"),
    ("mailto:A@example.org", "mailto:A@example.org"),
    ("#Google", "#Google"),
]


def test_equal_addresses_have_one_spelling(subtests: pytest.Subtests) -> None:
    for url, normal in SPELLINGS:
        with subtests.test(url):
            assert normal_url(url) == normal


def test_the_fragment_and_the_case_of_a_path_can_be_the_page() -> None:
    base = "https://example.org/portal"
    assert (
        len({normal_url(base + end) for end in ("", "#/plug", "#/Plug", "?a=1", "/B", "/b")}) == 6
    )


_URLS = st.builds(
    "{}://{}/{}".format,
    st.sampled_from(["http", "https", "HTTPS", "ftp", ""]),
    st.sampled_from(
        ["arxiv.org", "doi.org", "github.com", "hf.co", "aclweb.org", "openreview.net", "a@b:80"]
    ),
    st.text(alphabet="aZ0129.-/%2F?#=:v中İß\ud800 \n") | st.text(),
)


@given(st.text() | _URLS)
def test_any_text_is_read_without_an_error(text: str) -> None:
    identifier = identify(text)
    if identifier is not None:
        assert str(identifier) == f"{identifier.scheme}:{identifier.value}"
        assert identifier.value
        paper_date(identifier)
    normal = normal_url(text)
    assert normal_url(normal) == normal
    assert identify(normal) == identifier or "%" in text or not text.isascii()


def test_an_endless_host_takes_no_time() -> None:
    assert identify(f"https://{'a.' * 1_000_000}/") is None


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://arxiv.org/abs/1910.10683", True),
        ("HTTP://x", True),
        ("https://", False),
        ("https:///abs", False),
        ("https:// x.org", False),
        ("ftp://x.org", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_a_web_address_has_a_host_behind_its_scheme(url, is_one):
    assert is_web_address(url) is is_one
