"""Own figures: the template, its upload with a look before anything is stored, and counts of the lists."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.domain.roles import Permission
from accounts.models import LocalArea
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from documents.intake import WORKBOOK_TYPES, Refused, examine
from indicators.actions import own as actions
from indicators.domain.file_shape import Unusable
from indicators.domain.own import OwnRead
from indicators.forms.editing import OwnFileForm
from indicators.models import Area, Indicator
from indicators.own import countable, figures_of, known_indicators, preview, read_upload, write_template
from indicators.views.editing import own_area

SALT = "own figures"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _page(request: HttpRequest, *, status: int = 200, **more: object) -> HttpResponse:
    day, counts = countable()
    followed = set(Indicator.objects.exclude(list_figure="").values_list("list_figure", flat=True))
    context = {
        "form": OwnFileForm(),
        "area": own_area(),
        "day": day,
        "open_counts": [each for each in counts if each.key not in followed],
        "followed": Indicator.objects.in_use().exclude(list_figure=""),
    } | more
    return TemplateResponse(request, "indicators/own_show.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_INDICATORS)
def own_show(request: HttpRequest) -> HttpResponse:
    """GET: the template and the lists. POST: a filled-in template, shown before anything of it is stored."""
    if request.method != "POST":
        return _page(request)
    area, form = own_area(), OwnFileForm(request.POST, request.FILES)
    if area is None or not form.is_valid():
        return _page(request, form=form, status=422)
    try:
        upload = form.cleaned_data["file"]
        examined = examine(upload, accepted=WORKBOOK_TYPES)
        read = read_upload(examined.safe_name, examined.source)
    except (Refused, Unusable) as refusal:
        form.add_error("file", refusal.sentence)
        return _page(request, form=form, status=422)
    return _preview(request, area, read)


def _preview(request: HttpRequest, area: Area, read: OwnRead) -> HttpResponse:
    lines = preview(read.figures, area)
    good = [each.figure for each in lines if each.change in {"new", "changed"}]
    rows = [[f.known.code, f.period.label, f.period.kind.value, f.cell.symbol or f"{f.cell.value:f}"] for f in good]
    said = [[f.row, f.known.code, f.period.starts_on.isoformat(), f.period.ends_on.isoformat(), *row[1:]]
            for f, row in zip(good, rows, strict=True)]  # fmt: skip
    context = {
        "lines": lines,
        "faults": read.faults,
        "good": len(good),
        "held": signing.dumps(said, salt=SALT, compress=True),
    }
    return TemplateResponse(request, "indicators/own_preview.html", context)


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def own_keep(request: HttpRequest) -> HttpResponse:
    """Stores what the page before showed: it comes back signed, so nothing was changed on the way."""
    area = own_area()
    try:
        said = signing.loads(request.POST.get("held", ""), salt=SALT, max_age=24 * 60 * 60)
    except signing.BadSignature:
        messages.error(request, "The page was open for too long. Upload the template again.")
        return redirect("indicators:own-show")
    figures = figures_of(said, known_indicators())
    if area is None or not figures:
        messages.info(request, "There was nothing to store.")
        return redirect("indicators:own-show")
    try:
        release = actions.keep_own_figures(by=user_of(request), at=timezone.now(), area=area, figures=figures)
    except NotAllowed as refusal:
        messages.info(request, refusal.reason)
        return redirect("indicators:own-show")
    messages.success(request, f"{release.figures} own figures are stored.")
    return redirect("indicators:import-list")


@require_safe
@permission_required(Permission.EDIT_INDICATORS)
def own_template(request: HttpRequest) -> HttpResponse:
    area, here = own_area(), LocalArea.objects.first()
    if area is None or here is None:
        messages.error(request, "Name the area of this installation first.")
        return redirect("indicators:own-show")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path, area=area, marking=here.marking)
        content = path.read_bytes()
    name = f"{here.short_code}_own-figures-template.xlsx"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def counts_follow(request: HttpRequest) -> HttpResponse:
    number = actions.follow_counts(by=user_of(request), at=timezone.now(), keys=request.POST.getlist("count"))
    if not number:
        messages.info(request, "Tick at least one count to follow.")
        return redirect("indicators:own-show")
    return _take(request)


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def counts_take(request: HttpRequest) -> HttpResponse:
    return _take(request)


def _take(request: HttpRequest) -> HttpResponse:
    area = own_area()
    try:
        if area is None:
            raise NotAllowed("Name the area of this installation first.")
        release = actions.take_counts(by=user_of(request), at=timezone.now(), area=area)
    except NotAllowed as refusal:
        messages.info(request, refusal.reason)
    else:
        messages.success(request, f"{release.figures} counts of the lists are stored; hidden ones stay c.")
    return redirect("indicators:own-show")
