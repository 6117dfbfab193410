from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People and settings"
    default = True


class ReferenceDataConfig(admin_apps.AdminConfig):
    """The admin site, ours: behind our sign-in and permissions."""

    default_site = "accounts.admin_site.SendreadyAdminSite"
    default = False
