"""Import: a text, what it would change in words, and then the import of that very text.

    form --POST--> plan --POST--> the change set, or the waiting import, or the plan once more

Between the two nothing is kept on the server: the plan's page carries the text, signed, with the
state of affairs for which the plan is true. If that has moved on, the plan is shown again.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from catalog import sync
from catalog.models import ChangeSet, Snapshot
from catalog.readme import ListRefused

_SALT: Final = "catalog.admin.imports"
# Who looks for one that is older names it on the command line.
_MOST_BASES: Final = 100


@dataclass(frozen=True)
class Given:
    """What shall be imported, as the plan's page carries it from one request to the next."""

    text: str
    name: str
    source: str = ""
    base: str = ""
    summary: str = ""
    """What the change set will say, if it is more than an import: a way back."""
    button: str = "Import these changes"
    state: str = ""
    """That of the plan that was shown."""

    @property
    def data(self) -> bytes:
        return self.text.encode()

    @property
    def title(self) -> str:
        return f"Bring {self.name} back" if self.summary else f"Import {self.name}"

    @property
    def signed(self) -> str:
        return signing.dumps(asdict(self), salt=_SALT, compress=True)

    @classmethod
    def of_page(cls, signed: str) -> Given:
        """Raises signing.BadSignature."""
        return cls(**signing.loads(signed, salt=_SALT))


class ImportForm(forms.Form):
    """A file as it is, or pasted text; and what is known of where it comes from."""

    file = forms.FileField(required=False, help_text="The README.md, byte for byte.")
    text = forms.CharField(
        required=False,
        strip=False,
        label="or its text",
        widget=forms.Textarea(attrs={"rows": 12, "cols": 80, "spellcheck": "false"}),
    )
    base = forms.ChoiceField(
        required=False,
        label="Descends from",
        help_text="The text that it was made of. Leave it as it is unless you are asked.",
    )
    source = forms.URLField(
        required=False,
        max_length=2000,
        assume_scheme="https",
        label="Comes from",
        help_text="The address of a pull request, for instance.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["base"].choices = bases()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if not self.errors and bool(file) == bool(text.strip()):
            raise ValidationError("Choose a file, or paste a text: one of the two.")
        return cleaned

    def given(self) -> Given:
        """Raises ListRefused."""
        file: UploadedFile[Any] | None = self.cleaned_data.get("file")
        known = {name: self.cleaned_data[name] for name in ("base", "source")}
        if file:
            return Given(sync.text_of(file.read()), str(file.name or "README.md"), **known)
        return Given(_with_our_line_ends(self.cleaned_data["text"]), "pasted text", **known)


def _with_our_line_ends(pasted: str) -> str:
    """A browser sends every line end as CRLF, whatever the list has."""
    text = pasted.replace("\r\n", "\n")
    newest = sync.newest_text()
    is_crlf = newest.count(b"\r\n") * 2 > newest.count(b"\n")
    return text.replace("\n", "\r\n") if is_crlf else text


def bases() -> list[tuple[str, str]]:
    """What a text can descend from, as --base names it, and in words."""
    newest = Snapshot.objects.defer("text", "meaning").order_by("-pk")[:_MOST_BASES]
    return [
        ("", "find out"),
        ("newest", "the newest text"),
        *((str(snapshot.pk), f"snapshot {snapshot.pk}, {snapshot}") for snapshot in newest),
    ]


def may_import(request: HttpRequest) -> bool:
    """To take a text is to add a snapshot."""
    return request.user.has_perm("catalog.add_snapshot")


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    if not may_import(request):
        raise PermissionDenied
    if "given" in request.POST:
        return _go_on(request)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_valid():
        try:
            return plan_page(request, form.given())
        except ListRefused as refusal:
            form.add_error(None, str(refusal))
    page = admin.site.each_context(request) | {"title": "Import", "form": form}
    return TemplateResponse(request, "admin/catalog/import.html", page)


def plan_page(request: HttpRequest, given: Given) -> HttpResponse:
    """What an import would change; all of it is done and taken back, so it promises nothing."""
    page: dict[str, Any] = {**admin.site.each_context(request), "title": given.title}
    try:
        report = sync.import_readme(
            given.data,
            who=request.user.get_username(),
            source_name=given.name,
            base=given.base,
            dry_run=True,
        )
    except (ListRefused, sync.NoSuchBase) as refusal:
        page["refused"] = str(refusal)
        return TemplateResponse(request, "admin/catalog/plan.html", page)
    newest = sync.newest_text()
    signed = replace(given, state=report.state).signed
    page |= {
        "report": report,
        "given": signed,
        "is_too_large": len(signed) > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or len(signed)),
        "is_new": given.data != newest or bool(report.plan),
        "lines": sync.altered_lines(newest, given.data) if newest else None,
        "undecided": [question for question in report.questions if not question.choice.side],
        "bases": bases(),
        "base": given.base,
        "button": given.button,
    }
    return TemplateResponse(request, "admin/catalog/plan.html", page)


def _go_on(request: HttpRequest) -> HttpResponse:
    """From the plan: import it, or count from another base."""
    try:
        given = Given.of_page(request.POST["given"])
    except signing.BadSignature:
        messages.error(request, "The page with the plan is damaged. Give the text again.")
        return HttpResponseRedirect(reverse("admin:import"))
    if "_plan" in request.POST:
        known = {base for base, _ in bases()}
        base = request.POST.get("base", "")
        return plan_page(request, replace(given, base=base if base in known else ""))
    try:
        report = sync.import_readme(
            given.data,
            who=request.user.get_username(),
            source_name=given.name,
            source=given.source,
            base=given.base,
            allow_deletions=allowed_deletions(request),
            planned=given.state,
            summary=given.summary,
        )
    except sync.PlanOutdated:
        messages.warning(request, OUTDATED)
        return plan_page(request, given)
    except (ListRefused, sync.NoSuchBase) as refusal:
        messages.error(request, f"Nothing was imported. {refusal}")
        return HttpResponseRedirect(reverse("admin:import"))
    if report.waits:
        messages.warning(request, "Nothing is imported yet: the text waits for your choices.")
        return HttpResponseRedirect(reverse("admin:offer"))
    if report.stopped:
        messages.error(request, "Nothing was imported.")
        return plan_page(request, given)
    return after_import(request, report)


OUTDATED: Final = (
    "Nothing was imported: something has changed since the plan was made. This is the plan now."
)


def allowed_deletions(request: HttpRequest) -> int | None:
    """The number that somebody read and ticked; it lifts the stop for as many and no more."""
    number = request.POST.get("allow_deletions", "")
    return int(number[:9]) if number.isascii() and number.isdigit() else None


def after_import(request: HttpRequest, report: sync.ImportReport) -> HttpResponse:
    """What it changed, if it changed something."""
    link = format_html('<a href="{}">See what waits for export.</a>', reverse("admin:waiting"))
    change_set: ChangeSet | None = report.change_set
    if change_set is None:
        said = format_html("{} is taken. No record is changed. {}", report.source_name, link)
    else:
        said = format_html("Imported {}. {}", report.source_name, link)
    messages.success(request, said)
    if change_set is None or not request.user.has_perm("catalog.view_changeset"):
        return HttpResponseRedirect(reverse("admin:index"))
    where = reverse("admin:catalog_changeset_change", args=[change_set.pk])
    return HttpResponseRedirect(where)
