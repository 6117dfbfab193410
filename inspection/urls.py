"""The addresses of `inspection`, by noun."""

from django.urls import URLPattern, path

from inspection.views import (
    calls,
    carry_over,
    deadlines,
    decisions,
    deliveries,
    evidence,
    feeds,
    home,
    items,
    letters,
    likely_six,
    owners,
    packs,
    published,
    reports,
    tasks,
    visits,
)

app_name = "inspection"

VISIT: list[URLPattern] = [
    path("inspection/", visits.visit_list, name="visit-list"),
    path("inspection/call/", calls.visit_call, name="visit-call"),
    path("inspection/<int:pk>/", visits.visit_show, name="visit-show"),
    path("inspection/<int:pk>/days/", visits.visit_correct, name="visit-correct"),
    path("inspection/<int:pk>/withdraw/", visits.visit_withdraw, name="visit-withdraw"),
    path("inspection/<int:pk>/restore/", visits.visit_restore, name="visit-restore"),
    path("inspection/<int:pk>/close/", visits.visit_close, name="visit-close"),
    path("inspection/<int:pk>/reopen/", visits.visit_reopen, name="visit-reopen"),
    path("inspection/<int:pk>/letter/", letters.letter_edit, name="letter-edit"),
    path("inspection/<int:pk>/first-hour/", tasks.task_list, name="task-list"),
    path("inspection/<int:visit>/first-hour/<int:pk>/", tasks.task_tick, name="task-tick"),
    path("inspection/<int:visit>/deadlines/<int:pk>/", deadlines.deadline_show, name="deadline-show"),
    path("inspection/<int:visit>/deadlines/<int:pk>/owner/", deadlines.deadline_assign, name="deadline-assign"),
    path("inspection/<int:visit>/deadlines/<int:pk>/met/", deadlines.deadline_meet, name="deadline-meet"),
    path("calendar/", feeds.feed_show, name="feed-show"),
    path("calendar/new/", feeds.feed_create, name="feed-create"),
    path("calendar/stop/", feeds.feed_revoke, name="feed-revoke"),
    path("calendar/<str:token>.ics", feeds.feed_read, name="feed-read"),
]
ITEMS: list[URLPattern] = [
    path("annex-a/", items.item_list, name="item-list"),
    path("annex-a/seen/", items.items_see, name="items-see"),
    path("annex-a/decide/", decisions.items_decide, name="items-decide"),
    path("annex-a/approve/", decisions.items_approve, name="items-approve"),
    path("annex-a/carry-over/", carry_over.items_carry, name="items-carry"),
    path("annex-a/owners/", owners.owners_set, name="owners-set"),
    path("annex-a/added/<int:pk>/", owners.item_adopt, name="item-adopt"),
    path("annex-a/<str:code>/", items.item_show, name="item-show"),
    path("annex-a/<str:code>/start/", items.submission_start, name="submission-start"),
    path("annex-a/<str:code>/owner/", owners.owner_set, name="owner-set"),
    path("annex-a/<str:code>/<int:number>/", items.submission_show, name="submission-show"),
    path("annex-a/<str:code>/<int:number>/edit/", items.submission_edit, name="submission-edit"),
    path("annex-a/<str:code>/<int:number>/return/", decisions.submission_return, name="submission-return"),
    path("annex-a/<str:code>/<int:number>/evidence/", evidence.evidence_take, name="evidence-take"),
    path("annex-a/<str:code>/<int:number>/evidence/<int:pk>/renew/", evidence.evidence_renew, name="evidence-renew"),
    path("annex-a/<str:code>/<int:number>/evidence/<int:pk>/take-out/", evidence.evidence_drop, name="evidence-drop"),
    path("annex-a/<str:code>/<int:number>/files/<int:pk>/", items.file_download, name="file-download"),
    path("annex-a/<str:code>/<int:number>/approve/", items.submission_approve, name="submission-approve"),
    *(
        path(
            f"annex-a/<str:code>/<int:number>/{move}/",
            items.submission_move,
            {"move": move},
            name=f"submission-{move}",
        )
        for move in items.MOVES
    ),
]
LIKELY_SIX: list[URLPattern] = [
    path("inspection/likely-six/", likely_six.six_show, name="six-show"),
    path("inspection/likely-six/propose/", likely_six.six_propose, name="six-propose"),
    path("inspection/likely-six/swap/<int:place>/", likely_six.six_swap, name="six-swap"),
]
PACKS: list[URLPattern] = [
    path("packs/", packs.pack_list, name="pack-list"),
    path("packs/order/", packs.pack_order, name="pack-order"),
    path("packs/naming/", packs.naming_change, name="naming-change"),
    path("packs/<int:pk>/", packs.pack_show, name="pack-show"),
    path("packs/<int:pk>/sign-off/", packs.pack_sign_off, name="pack-sign-off"),
    path("packs/<int:pk>/release/", packs.pack_release, name="pack-release"),
    path("packs/<int:pk>/delivery/", deliveries.delivery_record, name="delivery-record"),
    path("packs/lists/order/", deliveries.lists_order, name="lists-order"),
    path("packs/lists/delivery/", deliveries.lists_deliver, name="lists-deliver"),
    path("packs/deliveries/<int:pk>/", deliveries.delivery_show, name="delivery-show"),
    path("packs/deliveries/<int:pk>/correct/", deliveries.delivery_correct, name="delivery-correct"),
    path("packs/deliveries/<int:pk>/withdraw/", deliveries.delivery_withdraw, name="delivery-withdraw"),
]
ELSEWHERE: list[URLPattern] = [
    path("inspection/elsewhere/", published.elsewhere_list, name="elsewhere-list"),
    path("inspection/elsewhere/areas/<str:code>/", published.elsewhere_show, name="elsewhere-show"),
    path("inspection/elsewhere/asked-for/", published.elsewhere_tally, name="elsewhere-tally"),
    path("inspection/elsewhere/asked-for/<str:kind>/<str:code>/", published.elsewhere_texts, name="elsewhere-texts"),
    path("inspection/elsewhere/neighbours/", published.elsewhere_near, name="elsewhere-near"),
    path("inspection/elsewhere/regions/", published.elsewhere_timeline, name="elsewhere-timeline"),
    path("inspection/elsewhere/regions/<int:number>.svg", published.elsewhere_chart, name="elsewhere-chart"),
    path("inspection/elsewhere/next/", published.window_list, name="window-list"),
    path("inspection/elsewhere/reports/", reports.report_add, name="report-add"),
    path("inspection/elsewhere/reports/<int:pk>/", reports.report_show, name="report-show"),
    path("inspection/elsewhere/reports/<int:pk>/aside/", reports.report_drop, name="report-drop"),
    path("inspection/elsewhere/visits/<int:pk>/", reports.elsewhere_edit, name="elsewhere-edit"),
    path("inspection/elsewhere/visits/<int:pk>/report/", reports.report_download, name="report-download"),
    path("inspection/elsewhere/texts/<int:pk>/", reports.todo_tie, name="todo-tie"),
    path("inspection/elsewhere/ties/<int:pk>/<str:step>/", reports.tie_decide, name="tie-decide"),
]
READINESS: list[URLPattern] = [path("", home.home, name="home")]

urlpatterns: list[URLPattern] = [*READINESS, *VISIT, *ELSEWHERE, *LIKELY_SIX, *ITEMS, *PACKS]
