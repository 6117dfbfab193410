"""The page of one form, and the page after two people saved the same thing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

from strategy.actions.rows import Conflict
from strategy.forms import RowForm
from strategy.presenters import differing_fields

FORM_PAGE = "selfeval/row_edit.html"


def form_page(
    request: HttpRequest,
    form: RowForm,
    *,
    heading: str,
    back: str,
    crumbs: list[dict[str, str]],
    theirs: Any = None,
    status: int = 200,
    template: str = FORM_PAGE,
    **more: Any,
) -> TemplateResponse:
    context = {
        "form": form,
        "heading": heading,
        "back": back,
        "crumbs": crumbs,
        "theirs": theirs,
        "conflict_fields": differing_fields(theirs, form) if theirs else (),
        **more,
    }
    return TemplateResponse(request, template, context, status=status)


def conflict_page(
    request: HttpRequest,
    form_class: type[RowForm],
    conflict: Conflict,
    *,
    options: dict[str, Any] | None = None,
    **page: Any,
) -> TemplateResponse:
    """Both texts: theirs beside, one's own in the form, which now counts from theirs. `options` go to the form."""
    mine = request.POST.copy()
    mine["version"] = str(conflict.theirs.version)
    form = form_class(mine, initial=form_class.initial_of(conflict.theirs), **(options or {}))
    return form_page(request, form, theirs=conflict.theirs, status=409, **page)
