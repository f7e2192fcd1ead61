"""What titles of columns and labels of lines mean, in English, Chinese and Japanese: one table.

A title says that what stands there is the name, the note, a fact of the entry or links of a kind.
What no row of the table knows is a fact, or the label of its links, under its own title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from catalog import kinds

NAME: Final = "name"
NOTE: Final = "note"

# Fact -> its titles. The first is written where a list has none yet, the second in Chinese lists.
# fmt: off
_FACTS: Final[dict[str, tuple[str, ...]]] = {
    "released": (
        "Released", "发布时间", "release date", "date", "time", "when", "release", "release time",
        "year", "month", "published", "publication date", "announcement date", "announced",
        "launch date", "时间", "日期", "发布日期", "年份", "发表时间", "开源时间", "公開年",
        "公開日", "公開時期", "発表年",
    ),
    "organisation": (
        "Organisation", "机构", "organization", "organisations", "organizations", "org", "orgs",
        "institute", "institutes", "institution", "institutions", "affiliation", "affiliations",
        "company", "developer", "developers", "maker", "provider", "publisher", "lab", "team",
        "creator", "owner", "by", "公司", "单位", "组织", "团队", "作者单位", "发布机构", "开发者",
        "開発元", "開発者", "提供元", "所属",
    ),
    "parameters": (
        "Parameters", "参数量", "params", "parameter", "param", "size", "sizes", "model size",
        "parameter size", "parameters size", "number of parameters", "scale", "大小", "参数",
        "规模", "参数规模", "模型大小", "模型规模", "パラメータ数", "モデルサイズ", "サイズ",
    ),
    "data_size": ("Data size", "数据量", "数据规模", "dataset size", "size of data"),
    "architecture": (
        "Architecture", "架构", "arch", "backbone", "model type", "structure", "模型结构", "结构",
        "模型架构", "アーキテクチャ", "構造",
    ),
    "languages": ("Languages", "语言", "language", "lang", "langs", "语种", "支持语言",
                  "言語", "対応言語"),
    "modality": ("Modality", "模态", "modalities", "input modality"),
    "access": ("Access", "开放程度", "open source", "openness", "availability", "是否开源", "开源"),
    "code_licence": (
        "Licence", "许可证", "license", "licences", "licenses", "licensing", "code licence",
        "code license", "协议", "开源协议", "许可", "许可协议", "证书",
        "ライセンス", "利用規約", "ライセンス 利用規約",
    ),
    "weights_licence": (
        "Weights licence", "权重许可证", "weights license", "model licence", "model license",
        "weight license", "模型协议", "模型许可",
    ),
    "context_length": (
        "Context length", "上下文长度", "context", "context window", "context size", "max length",
        "sequence length", "ctx", "ctx length", "max context", "上下文", "最大长度", "序列长度",
        "コンテキスト長", "最大コンテキスト長",
    ),
    "based_on": (
        "Based on", "基座模型", "base model", "base", "foundation model", "base models",
        "backbone model", "基础模型", "底座", "基座", "模型底座", "底座模型",
        "ベースモデル", "ベースのllm", "ベース",
    ),
    "status": ("Status", "状态", "state", "maintained", "进展"),
    "authors": ("Authors", "作者", "author", "著者"),
    "venue": ("Venue", "会议", "conference", "journal", "publication", "published in", "期刊",
              "发表", "会议期刊", "出处"),
    "keywords": ("Keywords", "关键词", "keyword", "tags", "tag", "topic", "topics", "标签",
                 "关键字"),
    "domain": ("Domain", "领域", "domains", "field", "area", "应用领域", "ドメイン",
               "分野"),
    "stars": ("Stars", "星", "star", "github stars", "star数", "stars数"),
    "number": ("Number", "序号", "no", "nr", "index", "id", "rank", "编号", "排名"),
}
_NAMES: Final = (
    "model", "models", "model name", "language model", "language models", "name", "title",
    "dataset name", "project name", "paper title", "llm", "llms", "plm", "plms", "model family",
    "pretrained model", "tool", "framework", "模型", "模型名称", "名称", "名字", "题目", "标题",
    "数据集名称", "项目名称", "论文题目", "论文名称", "论文标题", "大模型", "工具",
    "モデル", "モデル名", "名前", "タイトル", "ツール",
)
_NOTES: Final = (
    "description", "descriptions", "note", "notes", "comment", "comments", "remark", "remarks",
    "summary", "details", "about", "introduction", "描述", "简介", "说明", "备注", "介绍",
    "备注说明", "説明", "概要", "備考", "紹介", "tl dr", "tldr",
)
# Kind -> titles beyond the words of its badges.
_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "paper": (
        "paper blog", "paper link", "papers link", "paper url", "paper pdf", "abstract", "abs",
        "reference", "references", "publication link", "paper tech report", "文献", "参考文献",
        "论文链接", "论文地址", "文章", "技术报告", "論文",
    ),
    "code": (
        "code link", "code repo", "repo link", "github link", "github url", "implementation",
        "implementations", "official code", "code model", "model code", "repositories", "源码",
        "代码链接", "代码地址", "仓库", "github地址", "项目代码", "コード", "リポジトリ",
    ),
    "weights": (
        "weights link", "model weights", "model link", "model zoo", "pretrained models",
        "pretrained model weights", "hf link", "checkpoint link", "download", "downloads", "下载",
        "下载地址", "下载链接", "模型下载", "模型权重", "模型地址", "hf地址",
    ),
    "demo": ("try it", "try", "demo link", "online", "试用", "在线体验", "演示地址", "体验地址",
             "デモ"),
    "website": (
        "website link", "project page", "project website", "webpage", "web page", "page", "link",
        "links", "url", "official website", "项目地址", "地址", "链接", "项目主页", "官方网站",
        "网址", "项目链接", "网站", "リンク", "ウェブサイト",
    ),
    "dataset": ("dataset link", "data link", "training data", "数据地址", "数据链接", "训练数据",
                "データセット", "学習データ", "学習コーパス", "学習テキスト"),
    "post": ("blog link", "article", "articles", "blog article", "博文", "新闻", "文章链接",
             "ブログ", "記事"),
}
# fmt: on


class Meant(NamedTuple):
    """What a title means: `role` is "name", "note", "fact" or "links"."""

    role: str
    word: str = ""
    """The fact, or the kind of the links."""


def meant_by(title: str) -> Meant | None:
    """What a plain title means; None if the table does not know it."""
    meant = _MEANT.get(_folded(title))
    if meant is None and _BRACKETS.search(title):
        meant = _MEANT.get(_folded(_BRACKETS.sub(" ", title)))
    return None if meant is not None and ":" in title.rstrip(": ") else meant


@lru_cache(maxsize=1_000)  # a list has the same few titles for most of its links
def kind_of_title(title: str) -> str | None:
    """The kind that the words of a link's title state: "code & model" and "Code2" state code."""
    if len(title) > _LONGEST:
        return None
    kind = _kind_of_words(title) or _kind_of_words(title.rstrip("0123456789"))
    if kind is None and _JOINED.search(title):
        kind = next(filter(None, map(_kind_of_words, _PARTS.split(title))), None)
    return kind


def _kind_of_words(words: str) -> str | None:
    kind = kinds.kind_of_badge(words)
    if kind is not None:
        return kind
    meant = meant_by(words)
    return meant.word if meant is not None and meant.role == "links" else None


def kind_said(context: str, title: str, url: str) -> str:
    """The kind of a link without a badge: `context` is what LinkPlace says.

    What a column or a label calls a website is one unless its address says more: most that
    stands below "Link" or "Project" is a repository.
    """
    first, _, behind = context.partition(" ")
    stated = kind_of_title(title) if first == "title" else None
    said = stated or (behind if first == "title" else context)
    if not said or (said == "website" and stated is None):
        guess = kinds.guess_kind(url)
        return said if said and guess == "other" else guess
    return said


def title_of(fact: str, *, chinese: bool = False) -> str:
    """The title under which a list states a fact for the first time."""
    titles = _FACTS.get(fact)
    return fact if titles is None else titles[chinese]


def title_with_unit(fact: str, title: str) -> str:
    """Our title of a fact with what the list's own has in brackets: "Parameters (B)"."""
    found = _BRACKETS.search(title)
    if found is None or fact not in _FACTS or _folded(title) in _MEANT:
        return title_of(fact)
    return f"{title_of(fact)} ({found.group()[1:-1].strip()})"


def fact_named(title: str) -> str:
    """The fact that is stated under a title; one that nobody knows has the title as its name.

    Empty if the title could not stand before a colon.
    """
    meant = meant_by(title)
    return meant.word if meant is not None and meant.role == "fact" else own_name(title)


def fact_beside(title: str) -> str:
    """The fact that a title of names speaks of too: "Title & Authors" of the authors."""
    if _JOINED.search(title) is None:
        return ""
    meant = [found for part in _PARTS.split(title) if (found := meant_by(part)) is not None]
    is_of_names = len(meant) > 1 and meant[0].role != "fact" and meant[1].role == "fact"
    return meant[1].word if is_of_names else ""


def own_name(title: str) -> str:
    """A title as the name of what is stated under it."""
    name = " ".join(_SIGNS.sub(" ", title).split())
    longest = _LONGEST_IN_ASCII if name.isascii() else _LONGEST
    return name if len(name) <= longest and len(name.split()) <= _MOST_WORDS else ""


def in_order(facts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Facts as a meaning holds them: the known ones first, whatever the order of the columns."""
    said = tuple(facts)
    if len(said) < 2:
        return said
    return tuple(sorted(said, key=lambda fact: (_ORDER.get(fact[0], len(_ORDER)), fact)))


_LONGEST: Final = 40
_LONGEST_IN_ASCII: Final = 60  # of other letters, so many are a sentence
_WORDS: Final = re.compile(r"[^\W_]+")
_BRACKETS: Final = re.compile(r"[(（\[][^()（）\]]*[)）\]]")
_PARTS: Final = re.compile(r"\s*(?:&|/|\||\+|,|、|\band\b|和|与)\s*")
_JOINED: Final = re.compile(r"[&/|+,、和与]|\band\b")
_SIGNS: Final = re.compile(r"^[\W\d]+(?=\s)|[:：*_`\[\]<>|\\#]+")
_MOST_WORDS: Final = 6
_ORDER: Final = {fact: number for number, fact in enumerate(_FACTS)}


def _folded(title: str) -> str:
    return " ".join(_WORDS.findall(title.casefold()))


def _meanings() -> dict[str, Meant]:
    meant: dict[str, Meant] = {}
    for kind in kinds.KINDS:
        if kind.value == kinds.OTHER:
            continue
        for words in (kind.value, *kind.badges, *_KINDS.get(kind.value, ())):
            meant[_folded(words)] = Meant("links", kind.value)
    for fact, titles in _FACTS.items():
        for words in (fact, *titles):
            meant[_folded(words.replace("_", " "))] = Meant("fact", fact)
    meant |= {_folded(words): Meant("note") for words in _NOTES}
    meant |= {_folded(words): Meant("name") for words in _NAMES}
    return meant


_MEANT: Final = _meanings()
