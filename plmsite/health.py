"""`/healthz`: is this process alive, and does its database answer?"""

from collections.abc import Callable

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed


def healthz(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: answer `/healthz` before all others.

    A monitor asks by plain HTTP and by IP address; the redirect to HTTPS and the check of the host
    name would turn it away although the site is well.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        if request.path_info != "/healthz":
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return _answer()

    return respond


def _answer() -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            # A table, not just a constant: SQLite answers `SELECT 1` from a file that is not there.
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except Error as error:
        # The kind of error only: its text may name hosts and users.
        sentence = f"The database does not answer, or is not migrated ({type(error).__name__}).\n"
        response = HttpResponse(sentence, status=503, content_type="text/plain")
    else:
        response = HttpResponse("ok\n", content_type="text/plain")
    response["Cache-Control"] = "no-store"
    return response
