"""The watch over every page: planted faults are told, so silence means something."""

import pytest

PLANTED = [
    ('<p style="color: red">', "Content Security Policy"),
    ("<script>document.title = 'x'</script>", "Content Security Policy"),
    ('<a onclick="alert(1)">x</a>', "Content Security Policy"),
    ('<img src="https://example.org/x.png">', "another host: https://example.org/x.png"),
    ('<img src="/missing.png" alt="">', "answered 404"),
    ('<link rel="stylesheet" href="/missing.css">', "Refused to apply style"),
    ('<script src="/broken.js"></script>', "script error"),
]


@pytest.fixture
def planted(visitor):
    """Show a page of one's own under the site's policy; answer with what was complained about."""

    def show(body: str) -> list[str]:
        policy = visitor.page.request.get(f"{visitor.home}/").headers
        visitor.page.context.route(
            f"{visitor.home}/planted",
            lambda route: route.fulfill(
                content_type="text/html",
                headers={"Content-Security-Policy": policy["content-security-policy"]},
                body=f'<!doctype html><link rel="icon" href="data:,"><title>x</title>{body}',
            ),
        )
        visitor.page.context.route(
            f"{visitor.home}/broken.js",
            lambda route: route.fulfill(content_type="text/javascript", body="nothing.at.all"),
        )
        visitor.page.goto(f"{visitor.home}/planted", wait_until="networkidle")
        complaints = list(visitor.watch.complaints)
        visitor.watch.complaints.clear()
        return complaints

    return show


@pytest.mark.parametrize(("body", "complaint"), PLANTED)
def test_a_fault_of_a_page_is_told(planted, body, complaint):
    assert any(complaint in told for told in planted(body)), body


def test_a_page_without_a_fault_is_silent(planted):
    assert planted("<p>Nothing</p>") == []


def test_an_answer_that_is_an_error_is_told_unless_it_was_expected(visitor):
    visitor.open("/nowhere/", status=404)
    assert visitor.watch.complaints == []
    visitor.page.goto(f"{visitor.home}/nowhere-else/")
    assert [told for told in visitor.watch.complaints if "404" in told]
    visitor.watch.complaints.clear()


def test_a_barrier_is_found(visitor):
    visitor.open("catalog:list")
    assert visitor.barriers() == []
    visitor.page.evaluate("document.body.append(document.createElement('button'))")
    assert "button-name" in " ".join(visitor.barriers())
