"""What a browser complains about while a test does something else.

Every page that a test visits is watched: a violation of the content security policy, an error of
a script, an answer that is an error, a request that failed, a request to another host.
"""

from __future__ import annotations

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Request,
    Response,
    Route,
    WebError,
)

# The console says the same, but only if the browser thinks that it is worth a line.
_TELL_OF_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => console.error(
  `policy violated: ${event.violatedDirective} by ${event.blockedURI}`
))
"""
# Said of every answer above 399; the answer itself is judged below, with its status.
_SAID_OF_ANSWERS = "Failed to load resource: the server responded with a status of"


class Watch:
    """Collects the complaints of all pages of a browser's window."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.complaints: list[str] = []
        self._home = home
        self._expected: set[tuple[str, int]] = set()
        context.add_init_script(_TELL_OF_VIOLATIONS)
        # Whatever a page asks of another host, the machine's network is left alone.
        context.route(lambda address: not self._is_at_home(address), self._answer_for_others)
        context.on("console", self._on_console)
        context.on("weberror", self._on_script_error)
        context.on("request", self._on_request)
        context.on("requestfailed", self._on_failure)
        context.on("response", self._on_answer)

    def expect(self, address: str, status: int) -> None:
        """This address may answer with an error: a test is about it."""
        self._expected.add((address, status))

    def _is_at_home(self, address: str) -> bool:
        return address.startswith((f"{self._home}/", "data:", "blob:", "about:"))

    def _answer_for_others(self, route: Route) -> None:
        route.fulfill(content_type="text/html", body="<title>Elsewhere</title>")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_SAID_OF_ANSWERS):
            self.complaints.append(f"console: {message.text}")

    def _on_script_error(self, error: WebError) -> None:
        self.complaints.append(f"script error: {error.error}")

    def _on_request(self, request: Request) -> None:
        # A reader who follows a link leaves; a page that fetches from elsewhere is the matter.
        if not self._is_at_home(request.url) and not request.is_navigation_request():
            self.complaints.append(f"another host: {request.url}")

    def _on_failure(self, request: Request) -> None:
        # Aborted: the reader went on before all had come, or the answer was a download.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"request failed: {request.url}: {request.failure}")

    def _on_answer(self, response: Response) -> None:
        if response.status >= 400 and (response.url, response.status) not in self._expected:
            self.complaints.append(f"answered {response.status}: {response.url}")
