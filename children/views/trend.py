"""How the lists went from upload to upload, in numbers that outlive their rows."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from accounts.requests import permission_required, user_of
from children.filters import TrendForm
from children.trend import composition_trend, read_uploads, trend_of
from children.views.uploads import READERS

UPLOADS = 24


@require_safe
@permission_required(*READERS)
def trend_show(request: HttpRequest) -> HttpResponse:
    page = Paginator(read_uploads(), UPLOADS).get_page(request.GET.get("page"))
    uploads = list(page)
    form = TrendForm(request.GET)
    composition = composition_trend(uploads, code=form.code())
    if composition is not None:
        form.offer(composition)
    context = {
        "page": page,
        "trend": trend_of(user_of(request), uploads) if uploads else None,
        "composition": composition,
        "form": form,
    }
    return TemplateResponse(request, "children/trend_show.html", context)
