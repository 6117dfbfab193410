"""What of people and settings stands on the admin site: reference data only. Roles are given on the people pages."""

from django.contrib import admin

from accounts.admin_audit import AuditedAdmin
from accounts.domain.roles import Permission
from accounts.models import Organisation, SchoolHoliday, User


@admin.register(User)
class UserAdmin(AuditedAdmin):
    """Names and titles. Roles, invitations and leaving have their own pages, with their own rules."""

    permission = Permission.MANAGE_PEOPLE
    can_add = False
    can_delete = False
    fields = ("name", "email", "job_title", "organisation", "is_active", "deactivated_at")
    readonly_fields = ("email", "is_active", "deactivated_at")
    list_display = ("name", "email", "job_title", "organisation", "can_sign_in")
    list_filter = ("is_active", "organisation")
    list_select_related = ("organisation",)
    search_fields = ("name", "email", "job_title")
    search_help_text = "Searches name, e-mail address and job title."

    @admin.display(description="Can sign in", ordering="is_active", boolean=True)
    def can_sign_in(self, user: User) -> bool:
        return user.is_active


@admin.register(Organisation)
class OrganisationAdmin(AuditedAdmin):
    permission = Permission.MANAGE_SETTINGS
    list_display = ("name", "kind", "from_on", "to_on")
    list_filter = ("kind",)
    search_fields = ("name",)
    search_help_text = "Searches names."


@admin.register(SchoolHoliday)
class SchoolHolidayAdmin(AuditedAdmin):
    permission = Permission.MANAGE_SETTINGS
    list_display = ("name", "starts_on", "ends_on")
    date_hierarchy = "starts_on"
