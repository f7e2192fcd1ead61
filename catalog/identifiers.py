"""What an address stands for: a paper, a repository, a model on a hub - and addresses compared.

A paper has many addresses (abstract, PDF, mirrors, versions) and one identifier. Nothing here
raises on any text, and nothing asks the network: an address says its identifier or has none.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote, unquote

Scheme = Literal["arxiv", "doi", "acl", "openreview", "github", "huggingface"]


_WEB_ADDRESS: Final = re.compile(r"https?://[^\s/]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identifier:
    """The name of one thing in one scheme, spelt one way; ``str()`` gives ``scheme:value``."""

    scheme: Scheme
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


def is_web_address(url: str) -> bool:
    """Whether it begins as an address in the web does, with something behind that."""
    return _WEB_ADDRESS.match(url) is not None


def identify(url: str) -> Identifier | None:
    """The thing that an address stands for, None if the address alone does not say."""
    scheme, has_host, rest = url.strip().partition("://")
    if not has_host or scheme.lower() not in ("https", "http"):
        return None
    address, _, _ = rest.partition("#")
    address, _, query = address.partition("?")
    host, _, path = address.partition("/")
    host = _plain_host(host)
    while host and len(host) <= _LONGEST_HOST:
        reader = _READERS.get(host)
        if reader is not None:
            return reader(unquote(path).strip("/") if "%" in path else path.strip("/"), query)
        host = host.partition(".")[2]
    return None


def paper_date(identifier: Identifier) -> str | None:
    """Year and month in which a paper was handed in, "2022-06"; only arXiv's identifiers say it."""
    if identifier.scheme != "arxiv":
        return None
    dated = _ARXIV_DATE.match(identifier.value)
    if dated is None:
        return None
    is_before_2000 = dated["archive"] is not None and dated["year"] >= "91"  # arXiv opened in 1991
    return f"{19 if is_before_2000 else 20}{dated['year']}-{dated['month']}"


def normal_url(url: str) -> str:
    """One spelling for the addresses of one page, to compare by: never to be shown or fetched.

    Folds http, ``www.``, the host's case, a default port, closing slashes, an empty query or
    fragment and the ways to write one character. A fragment is kept as it is, because it may be
    the page (``/portal#/plug``). What is not http(s), as a relative link, is only trimmed.
    """
    url = url.strip()
    scheme, has_host, rest = url.partition("://")
    if not has_host or scheme.lower() not in ("https", "http"):
        return url
    if "%" in rest:
        rest = _PERCENT.sub(_one_way_to_write, rest)
    if not rest.isascii() or not rest.isprintable() or " " in rest:
        rest = quote(rest, safe=_URL_SIGNS, errors="surrogatepass")
    address, _, fragment = rest.partition("#")
    address, _, query = address.partition("?")
    host, _, path = address.partition("/")
    normal = "https://" + _plain_host(host)
    if path := path.rstrip("/"):
        normal += "/" + path
    if query:
        normal += "?" + query
    if fragment:
        normal += "#" + fragment
    return normal


def host_of(url: str) -> str:
    """The host of an address, without ``www.`` and a default port."""
    return normal_url(url).partition("://")[2].partition("/")[0]


def _plain_host(host: str) -> str:
    name, colon, port = host.rpartition("@")[2].lower().partition(":")
    name = name.rstrip(".")
    if name.startswith("www.") and not name.startswith("www.www."):
        name = name[4:]
    return name if port in ("", "80", "443") else f"{name}{colon}{port}"


_LONGEST_HOST: Final = 253  # in the Internet; a longer one is no host, and not worth the walk
_PERCENT: Final = re.compile(r"%([0-9A-Fa-f]{2})?")
_URL_SIGNS: Final = "".join(map(chr, range(0x21, 0x7F)))
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def _one_way_to_write(escape: re.Match[str]) -> str:
    if escape[1] is None:  # a lone percent sign
        return "%25"
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()


# One reader per family of hosts: the path without slashes at its ends and the query, to the thing.

_ARXIV: Final = re.compile(
    r"""(?:^|/) (?: (?P<new>\d{4}\.\d{4,5})
                  | (?!(?:abs|pdf|html|ps|src|format)/)
                    (?P<archive>[a-z]+(?:-[a-z]+)?) (?:\.[a-z]{2})? / (?P<old>\d{7}) )
        (?:v\d+)? (?:\.pdf)? $""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_ARXIV_DATE: Final = re.compile(
    r"(?P<archive>[a-z-]+/)?(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])", re.ASCII
)
_ACL: Final = re.compile(
    r"""(?:^|/) (?: (?P<old>[A-Z]\d{2}-\d{4,5}) | (?P<new>\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+) )
        (?:v\d+)? (?:\.pdf|\.bib)? $""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_DOI: Final = re.compile(r"(?:^|/)(10\.\d{4,9}/\S+)", re.ASCII)
_DOI_OF_ARXIV: Final = "10.48550/arxiv."
_DOI_OF_ACL: Final = "10.18653/v1/"
_OPENREVIEW: Final = re.compile(r"(?:^|&)id=([\w-]+)", re.ASCII)


def _read_arxiv(path: str, _query: str) -> Identifier | None:
    found = _ARXIV.search(path)
    if found is None:
        return None
    # The subject class ("math.GT") is no part of an identifier: arXiv accepts it and drops it.
    return Identifier("arxiv", found["new"] or f"{found['archive'].lower()}/{found['old']}")


def _read_acl(path: str, _query: str) -> Identifier | None:
    found = _ACL.search(path)
    if found is None:
        return None
    return Identifier("acl", found["old"].upper() if found["old"] else found["new"].lower())


def _read_doi(path: str, _query: str) -> Identifier | None:
    found = _DOI.search(path)
    if found is None:
        return None
    doi = found[1].lower().removesuffix(".pdf")
    if doi.startswith(_DOI_OF_ARXIV):
        return _read_arxiv(doi.removeprefix(_DOI_OF_ARXIV), "")
    if doi.startswith(_DOI_OF_ACL):
        return _read_acl(doi.removeprefix(_DOI_OF_ACL), "") or Identifier("doi", doi)
    return Identifier("doi", doi)


def _read_openreview(path: str, query: str) -> Identifier | None:
    if path not in ("forum", "pdf"):
        return None
    found = _OPENREVIEW.search(query)
    return Identifier("openreview", found[1]) if found else None


# fmt: off
_GITHUB_PAGES: Final = frozenset((
    "about", "apps", "blog", "collections", "contact", "customer-stories", "enterprise",
    "events", "explore", "features", "join", "login", "marketplace", "notifications", "orgs",
    "pricing", "pulls", "readme", "search", "security", "settings", "site", "sponsors", "stars",
    "team", "topics", "trending", "users",
))
# fmt: on


def _read_github(path: str, _query: str) -> Identifier | None:
    owner, *below = path.split("/")
    if not owner or owner.lower() in _GITHUB_PAGES:
        return None
    if below:
        below[0] = below[0].removesuffix(".git")
    return Identifier("github", _with_folded_names([owner, *below], 2))


# fmt: off
_HUGGINGFACE_PAGES: Final = frozenset((
    "about", "blog", "brand", "chat", "changelog", "contact-sales", "docs", "enterprise",
    "inference", "join", "languages", "learn", "login", "metrics", "models", "new",
    "notifications", "organizations", "posts", "pricing", "privacy", "search", "settings",
    "support", "tasks", "terms-of-service",
))
# fmt: on


def _read_huggingface(path: str, _query: str) -> Identifier | None:
    """Spaces, data sets, papers keep their first word; without one it is a model or its owner."""
    parts = path.removesuffix("/tree/main").split("/")  # the model's own page with its files shown
    first_part = parts[0].lower()
    if not first_part or first_part in _HUGGINGFACE_PAGES:
        return None
    has_prefix = first_part in ("spaces", "datasets", "papers", "collections")
    if has_prefix and len(parts) == 1:
        return None
    return Identifier("huggingface", _with_folded_names(parts, 3 if has_prefix else 2))


def _with_folded_names(parts: list[str], names: int) -> str:
    """Owners and names are the same in any case; a branch, folder or file below them is not."""
    return "/".join([*map(str.lower, parts[:names]), *parts[names:]])


_READERS: Final[dict[str, Callable[[str, str], Identifier | None]]] = {
    "arxiv.org": _read_arxiv,
    "ar5iv.org": _read_arxiv,
    "alphaxiv.org": _read_arxiv,
    "aclanthology.org": _read_acl,
    "aclanthology.info": _read_acl,
    "aclweb.org": _read_acl,
    "openreview.net": _read_openreview,
    "github.com": _read_github,
    "gist.github.com": lambda _path, _query: None,
    "huggingface.co": _read_huggingface,
    "hf.co": _read_huggingface,
    "hf-mirror.com": _read_huggingface,
    "doi.org": _read_doi,
    "dl.acm.org": _read_doi,
    "link.springer.com": _read_doi,
    "onlinelibrary.wiley.com": _read_doi,
    "pnas.org": _read_doi,
    "pubs.acs.org": _read_doi,
    "science.org": _read_doi,
    "tandfonline.com": _read_doi,
}
