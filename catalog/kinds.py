"""The kinds of resource: what a link leads to, how a list says so, how to guess it.

A new kind is one row of ``KINDS``, without a migration. What a list states with a badge always
holds; only where it states nothing is the kind guessed from the address.
"""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of resource."""

    value: str
    """The word that is stored, and the alt text of the badge that states the kind."""

    label: str
    """The word for people."""

    colour: str
    """Of the badge, as shields.io names it."""

    badges: tuple[str, ...] = ()
    """Further alt texts that say this kind, folded and without signs."""

    places: tuple[str, ...] = ()
    """Where such resources live: ``host`` with everything below it, ``host/first-part`` of the
    path, ``name.*`` for hosts that begin so anywhere, ``*/first-part`` for such paths anywhere."""


# fmt: off
KINDS: Final = (
    Kind(
        "paper", "Paper", "lightgrey",
        badges=(
            "papers", "pdf", "arxiv", "preprint", "acl anthology", "openreview", "doi",
            "technical report", "tech report", "论文",
        ),
        places=(
            "arxiv.org", "ar5iv.org", "alphaxiv.org", "biorxiv.org", "medrxiv.org", "techrxiv.org",
            "ssrn.com", "doi.org", "aclanthology.org", "aclweb.org", "openreview.net", "neurips.cc",
            "nips.cc", "mlr.press", "jmlr.org", "thecvf.com", "ecva.net", "ijcai.org", "aaai.org",
            "isca-speech.org", "transacl.org", "usenix.org", "dl.acm.org", "ieeexplore.ieee.org",
            "sciencedirect.com", "springer.com", "nature.com", "science.org", "cell.com",
            "pnas.org", "mdpi.com", "frontiersin.org", "wiley.com", "tandfonline.com",
            "academic.oup.com", "direct.mit.edu", "ncbi.nlm.nih.gov", "semanticscholar.org",
            "researchgate.net", "paperswithcode.com", "huggingface.co/papers", "hf.co/papers",
        ),
    ),
    Kind(
        "code", "Code", "black",
        badges=(
            "github", "github repo", "github repository", "github page", "github project", "gitlab",
            "gitee", "repo", "repository", "source", "source code", "代码",
        ),
        places=(
            "github.com", "gitlab.com", "gitlab.*", "gitee.com", "bitbucket.org", "codeberg.org",
            "sourceforge.net", "git.openi.org.cn", "code.google.com", "pypi.org",
        ),
    ),
    Kind(
        "weights", "Weights", "yellow",
        badges=(
            "weight", "hugging face", "huggingface", "hf", "model", "models", "model card",
            "checkpoint", "checkpoints", "modelscope", "模型", "权重",
        ),
        places=(
            "huggingface.co", "hf.co", "modelscope.cn", "modelscope.com", "wisemodel.cn",
            "tfhub.dev", "ollama.com", "kaggle.com/models", "dl.fbaipublicfiles.com",
        ),
    ),
    Kind(
        "demo", "Demo", "blue",
        badges=(
            "demos", "live demo", "online demo", "colab", "open in colab", "playground", "space",
            "spaces", "open in spaces", "hugging face spaces", "体验", "演示",
        ),
        places=(
            "colab.research.google.com", "huggingface.co/spaces", "hf.co/spaces", "hf.space",
            "huggingface.co/chat", "modelscope.cn/studios", "gradio.app", "gradio.live",
            "streamlit.app", "replicate.com", "chat.*", "demo.*", "playground.*",
        ),
    ),
    Kind(
        "website", "Website", "9cf",
        badges=(
            "site", "web", "homepage", "home page", "home", "project page", "project", "docs",
            "documentation", "官网", "主页", "文档",
        ),
        places=(
            "readthedocs.io", "readthedocs.org", "rtfd.io", "github.io", "gitlab.io", "gitbook.io",
            "docs.*", "sites.google.com", "huggingface.co/docs", "hf.co/docs", "modelscope.cn/docs",
        ),
    ),
    Kind(
        "dataset", "Dataset", "green",
        badges=("datasets", "data", "corpus", "数据", "数据集"),
        places=(
            "huggingface.co/datasets", "hf.co/datasets", "modelscope.cn/datasets",
            "modelscope.com/datasets", "paperswithcode.com/dataset", "kaggle.com/datasets",
            "zenodo.org", "figshare.com", "opendatalab.com", "commoncrawl.org",
        ),
    ),
    Kind(
        "post", "Post", "orange",
        badges=("posts", "blog", "blog post", "news", "announcement", "thread", "tweet", "博客"),
        places=(
            "medium.com", "towardsdatascience.com", "substack.com", "wordpress.com", "blogspot.com",
            "hashnode.dev", "dev.to", "notion.site", "zhihu.com", "mp.weixin.qq.com", "jianshu.com",
            "cnblogs.com", "csdn.net", "juejin.cn", "twitter.com", "x.com", "reddit.com",
            "news.ycombinator.com", "googleblog.com", "blog.google", "github.blog",
            "openai.com/research", "openai.com/index", "mistral.ai/news", "anthropic.com/news",
            "huggingface.co/blog", "hf.co/blog", "blog.*", "*/blog", "*/blogs",
        ),
    ),
    Kind("other", "Other", "inactive", places=("docs.google.com",)),
)
# fmt: on

OTHER: Final = "other"


def choices() -> list[tuple[str, str]]:
    """Value and label of each kind, for the fields and filters that offer them."""
    return [(kind.value, kind.label) for kind in KINDS]


def kind_of_badge(alt: str) -> str | None:
    """The kind that a badge states by its alt text, None if it states none ("Awesome", "stars")."""
    folded = alt.casefold()
    stated = _BY_BADGE.get(folded)
    if stated is None:
        stated = _BY_BADGE.get(" ".join(_WORDS.findall(folded)))
    return stated


def guess_kind(url: str) -> str:
    """The kind that an address suggests: a guess, for links without a badge. Never raises."""
    address = url.lower().partition("#")[0].partition("?")[0]
    _, has_host, rest = address.partition("://")
    host, _, path = rest.partition("/")
    if (path if has_host else address).endswith(".pdf"):
        return "paper"
    if not has_host:  # a relative link, a mail address, a place on the same page
        return OTHER
    if ":" in host or "@" in host:
        host = host.rpartition("@")[2].partition(":")[0]
    first_part = path.partition("/")[0]
    parent = host
    while parent and len(parent) <= _LONGEST_HOST:
        below = _BY_HOST.get(parent)
        if below is not None:
            kind = below.get(first_part) or below.get("")
            if kind is not None:
                return kind
        parent = parent.partition(".")[2]
    return _BY_BEGINNING.get(host.partition(".")[0]) or _BY_FIRST_PART.get(first_part, OTHER)


def badge_image(kind: str) -> str:
    """The Markdown image that states the kind where a list has no badge of its own for it.

    Raises ValueError for a kind that is not in the table.
    """
    colour = _COLOURS.get(kind)
    if colour is None:
        raise ValueError(f"There is no kind “{kind}”; the kinds are {', '.join(_COLOURS)}.")
    return f"![{kind}](https://img.shields.io/badge/-{kind}-{colour}?style=flat)"


_LONGEST_HOST: Final = 253  # in the Internet; a longer one is no host, and not worth the walk
_WORDS: Final = re.compile(r"[^\W_]+")

_COLOURS: Final = {kind.value: kind.colour for kind in KINDS}

_BY_BADGE: Final = {alt: kind.value for kind in KINDS for alt in (kind.value, *kind.badges)}

_BY_HOST: Final[dict[str, dict[str, str]]] = {}  # host -> first part of the path ("": any) -> kind
_BY_BEGINNING: Final[dict[str, str]] = {}
_BY_FIRST_PART: Final[dict[str, str]] = {}


def _index_places() -> None:
    for kind in KINDS:
        for place in kind.places:
            host, _, first_part = place.partition("/")
            if host == "*":
                _BY_FIRST_PART[first_part] = kind.value
            elif host.endswith(".*"):
                _BY_BEGINNING[host.removesuffix(".*")] = kind.value
            else:
                _BY_HOST.setdefault(host, {})[first_part] = kind.value


_index_places()
