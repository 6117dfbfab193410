"""The addresses of `accounts`."""

from django.urls import URLPattern, path

from accounts.views import account, invitations, people, trail

app_name = "accounts"

urlpatterns: list[URLPattern] = [
    path("people/", people.person_list, name="person-list"),
    path("people/<int:pk>/", people.person_show, name="person-show"),
    path("people/<int:pk>/edit/", people.person_edit, name="person-edit"),
    path("people/<int:pk>/roles/add/", people.role_add, name="role-add"),
    path("people/roles/<int:pk>/end/", people.role_end, name="role-end"),
    path("people/<int:pk>/deputies/add/", people.deputy_add, name="deputy-add"),
    path("people/<int:pk>/leave/add/", people.leave_add, name="leave-add"),
    path("people/leave/<int:pk>/cancel/", people.leave_cancel, name="leave-cancel"),
    path("people/<int:pk>/sign-out/", people.sessions_end, name="sessions-end"),
    path("people/<int:pk>/lock-out/lift/", people.lockout_lift, name="lockout-lift"),
    path("people/<int:pk>/second-step/remove/", people.second_step_remove, name="second-step-remove"),
    path("people/<int:pk>/close/", people.person_deactivate, name="person-deactivate"),
    path("people/<int:pk>/open/", people.person_reactivate, name="person-reactivate"),
    path("people/invite/", invitations.invitation_add, name="invitation-add"),
    path("people/invitations/<int:pk>/again/", invitations.invitation_resend, name="invitation-resend"),
    path("people/invitations/<int:pk>/withdraw/", invitations.invitation_withdraw, name="invitation-withdraw"),
    path("join/<str:token>/", invitations.invitation_accept, name="invitation-accept"),
    path("account/", account.account_show, name="account-show"),
    path("account/edit/", account.account_edit, name="account-edit"),
    path("account/mail/", account.account_mail, name="account-mail"),
    path("account/leave/add/", account.account_leave_add, name="account-leave-add"),
    path("account/leave/<int:pk>/cancel/", account.account_leave_cancel, name="account-leave-cancel"),
    path("account/deputies/add/", account.account_deputy_add, name="account-deputy-add"),
    path("account/deputies/<int:pk>/end/", account.account_deputy_end, name="account-deputy-end"),
    path("account/sign-out-elsewhere/", account.account_sessions_end, name="account-sessions-end"),
    path("account/notifications/", account.notification_list, name="notification-list"),
    path("audit/", trail.audit_list, name="audit-list"),
    path("audit/export/", trail.audit_export, name="audit-export"),
    path("outbox/", trail.mail_list, name="mail-list"),
    path("outbox/<int:pk>/", trail.mail_show, name="mail-show"),
    path("outbox/<int:pk>/again/", trail.mail_send_again, name="mail-send-again"),
]
