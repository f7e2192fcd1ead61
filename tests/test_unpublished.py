"""What is not published is not there: not as a page, a count, a parent, a hit or a refusal."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Alias, LanguageModel
from tests import factories
from tests.addresses import Site, patterns
from tests.people import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return Site()


SECRET = "Geheim"


def hide_something_everywhere(cast: Any) -> list[str]:
    """A draft wherever one can stand; the slugs of all of them."""
    lab = factories.organisation(f"{SECRET} Lab", is_published=False, note=SECRET, position=0)
    in_lab = factories.language_model(f"{SECRET} 1", organisation=lab, kind="family")
    below_lab = factories.language_model(f"{SECRET} 2", parent=in_lab, note=SECRET)
    draft = factories.language_model(
        f"{SECRET} 3", parent=cast.t5_family, is_published=False, position=0, access="open"
    )
    below = factories.language_model(f"{SECRET} 4", parent=draft, kind="team")
    deep = factories.language_model(f"{SECRET} 5", parent=below)
    for owner in (in_lab, below_lab, draft, below, deep):
        Alias.objects.create(model=owner, name=f"{SECRET} alias {owner.pk}")
        factories.resource(
            f"{SECRET} paper", model=owner, url=f"https://example.org/{SECRET}", identifier=SECRET
        )
    Alias.objects.create(organisation=lab, name=f"{SECRET} alias")
    factories.resource(f"{SECRET} home", organisation=lab)
    return [row.slug for row in (lab, in_lab, below_lab, draft, below, deep)]


def public_answers(client: Client, site: Site) -> dict[str, tuple[int, bytes]]:
    """Whatever the public can ask for: each address, and every parameter of each list."""
    public = {name: site.address(name) for name, _ in patterns() if not name.startswith("admin:")}
    questions = [
        f"?q={SECRET}",
        "?page_size=1",
        "?page_size=1&page=2",
        "?page_size=1&page=99",
        "?kind=team",
        "?access=open",
        "?organisation=google",
        "?parent=t5-family",
        f"?identifier={SECRET}",
        "?kind=paper",
    ]
    lists = [address for name, address in public.items() if name.endswith("list")]
    asked = [*public.values(), *(address + question for address in lists for question in questions)]
    answers = {}
    for address in asked:
        response = client.get(address)
        answers[address] = (response.status_code, response.content)
    return answers


@pytest.mark.parametrize("who", ["anonymous", "superuser"])
def test_the_public_gets_the_same_bytes_whether_there_are_drafts_or_not(site, who):
    client = client_of(who)
    before = public_answers(client, site)
    hide_something_everywhere(site.cast)
    after = public_answers(client, site)
    assert len(before) > 50
    assert [address for address in before if after[address] != before[address]] == []


def test_a_draft_answers_like_something_that_never_was(client, site):
    hidden = [*hide_something_everywhere(site.cast), site.cast.draft.slug]
    resource = factories.resource(SECRET, model=site.cast.draft)
    detail = [
        (name, pattern)
        for name, pattern in patterns()
        if not name.startswith("admin:") and "slug" in pattern.pattern.regex.groupindex
    ]
    asked = [
        (reverse(name, args=[slug]), reverse(name, args=["never-was"]))
        for name, _ in detail
        for slug in hidden
    ]
    asked += [
        (f"/api/v1/{noun}/?{parameter}={slug}", f"/api/v1/{noun}/?{parameter}=never-was")
        for noun, parameter in (
            ("models", "organisation"),
            ("models", "parent"),
            ("resources", "organisation"),
            ("resources", "model"),
        )
        for slug in hidden
    ]
    asked.append((f"/api/v1/resources/{resource.pk}/", "/api/v1/resources/4711/"))
    for secret, unknown in asked:
        told, nothing = client.get(secret), client.get(unknown)
        assert told.status_code == nothing.status_code in (400, 404), secret
        slug = secret.rstrip("/").rpartition("/")[2].rpartition("=")[2].encode()
        shown = told.content.replace(slug, b"-")
        never = nothing.content.replace(b"never-was", b"-").replace(b"4711", b"-")
        assert shown == never, secret


@pytest.mark.parametrize("flag", ["organisation", "family"])
def test_what_is_unpublished_is_gone_at_once_with_all_below(client, site, flag):
    row = {"organisation": site.cast.google, "family": site.cast.t5_family}[flag]
    type(row).objects.filter(pk=row.pk).update(is_published=False)
    assert LanguageModel.objects.filter(name="T5").exists()
    for address, (_, body) in public_answers(client, site).items():
        assert b"T5" not in body, address
        assert b"Limits" not in body, address
