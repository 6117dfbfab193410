"""People, what they may do from a day to a day, and when they are away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.domain.roles import CHILD_PERMISSIONS, ROLE_NAMES, Permission, Role, permissions_of_roles
from accounts.models.area import Organisation


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, *, name: str = "", **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), name=name or email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser):
    """A person who signs in by e-mail address. What they may do comes from dated role assignments alone."""

    email = models.EmailField(unique=True, error_messages={"unique": "Somebody with this e-mail address exists."})
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    is_active = models.BooleanField(default=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    mail_topics_off = models.JSONField(default=list, blank=True, editable=False)
    # Raised by one to end every session of this person at once.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    # A session holds this value: another password or another epoch, and the session has ended.
    def get_session_auth_hash(self) -> str:
        return self._session_hash(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret: str | bytes) -> str:
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac("accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    def roles_on(self, day: date) -> frozenset[Role]:
        """The roles held on a day; read once for an instance and a day."""
        cache: dict[date, frozenset[Role]] = self.__dict__.setdefault("_roles_by_day", {})
        if day not in cache:
            held = RoleAssignment.objects.in_force(day).filter(user=self).values_list("role", flat=True)
            cache[day] = frozenset(Role(role) for role in held) if self.is_active else frozenset()
        return cache[day]

    @property
    def roles(self) -> frozenset[Role]:
        return self.roles_on(timezone.localdate())

    @property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of_roles(self.roles)

    @property
    def sees_child_rows(self) -> bool:
        return bool(self.permissions & CHILD_PERMISSIONS)

    # What the admin site asks of a user.
    @property
    def is_staff(self) -> bool:
        return bool(self.permissions & {Permission.MANAGE_FRAMEWORKS, Permission.MANAGE_PEOPLE})

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """The admin site's question. Each registered `AuditedAdmin` answers with one of our own permissions."""
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def in_force(self, day: date) -> RoleAssignmentQuerySet:
        return self.filter(from_on__lte=day).filter(models.Q(to_on__isnull=True) | models.Q(to_on__gte=day))

    def today(self) -> RoleAssignmentQuerySet:
        return self.in_force(timezone.localdate())


class RoleAssignment(models.Model):
    """A role from a day to a day, both included. `deputy_for` marks somebody who stands in, with the full right."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_assignments")
    role = models.CharField(max_length=20, choices=[(role.value, name) for role, name in ROLE_NAMES.items()])
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    deputy_for = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["role", "from_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(to_on__isnull=True) | models.Q(to_on__gte=models.F("from_on")),
                name="role_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.get_role_display()}"


class Leave(models.Model):
    """Days on which a person is away, both included: an owner on leave is a readiness finding."""

    user = models.ForeignKey(User, models.CASCADE, related_name="leave")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="leave_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} away"
