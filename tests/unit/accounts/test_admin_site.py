from django.contrib import admin

from accounts.admin_audit import AuditedAdmin


def test_admin_site_registers_only_classes_that_ask_and_record():
    admin.autodiscover()

    registered = admin.site._registry

    assert registered
    assert {model._meta.app_label for model in registered} & {
        "auth",
        "mfa",
        "socialaccount",
        "axes",
        "account",
    } == set()
    assert [model for model, kept in registered.items() if not isinstance(kept, AuditedAdmin)] == []
