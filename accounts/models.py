from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.domain.roles import CHILD_PERMISSIONS, ROLE_NAMES, Permission, Role, permissions_of_roles


class LocalArea(models.Model):
    """The one area that this installation serves (a single row, key 1)."""

    name = models.CharField(max_length=120)
    partnership_name = models.CharField(max_length=160, blank=True)
    la_code = models.CharField("local authority code", max_length=3, blank=True)
    ons_code = models.CharField("ONS code", max_length=9, blank=True)
    region_name = models.CharField(max_length=60, blank=True)
    short_code = models.CharField(max_length=20, help_text="Starts the name of every file that is exported.")
    marking = models.CharField(max_length=60, default="OFFICIAL-SENSITIVE")
    strategic_board_name = models.CharField(max_length=120, blank=True)
    suppress_up_to = models.PositiveSmallIntegerField("small numbers to suppress", default=5)
    safeguarding_lead = models.ForeignKey("User", models.SET_NULL, null=True, blank=True, related_name="+")
    set_up_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_local_area")]

    def __str__(self) -> str:
        return self.name


class SchoolHoliday(models.Model):
    """A stretch of days in which no visit is held. School holidays never shift a deadline."""

    name = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering: ClassVar = ["starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="holiday_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationKind(models.TextChoices):
    COUNCIL = "council", "Council"
    ICB = "icb", "Integrated care board"
    HEALTH_PROVIDER = "health_provider", "Health provider"
    PARENT_CARER_FORUM = "pcf", "Parent carer forum"
    SENDIASS = "sendiass", "SENDIASS"
    SCHOOL = "school", "School or college"
    OTHER = "other", "Other partner"


class Organisation(models.Model):
    """A member of the partnership, from a day to a day: boundaries of boards move."""

    name = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    from_on = models.DateField("member from", null=True, blank=True)
    to_on = models.DateField("member until", null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


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


class Invitation(models.Model):
    """A one-time link to join, kept as a hash. It expires."""

    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=[(role.value, name) for role, name in ROLE_NAMES.items()])
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"Invitation of {self.email}"


def words_of_kind(kind: str) -> str:
    """ "accounts.roleassignment" → "Role assignment"."""
    try:
        name = str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        name = kind.rpartition(".")[2]
    return name[:1].upper() + name[1:]


class AuditEvent(models.Model):
    """One line of the audit trail: append-only, enforced by a trigger in the database.

    The thing is kept as type, id and label, never as a key, so that the trail outlives what it speaks of. Of child
    data only the names of fields stand here, never a value.
    """

    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    actor_label = models.CharField(max_length=200)
    action = models.CharField(max_length=60, db_index=True)
    thing_type = models.CharField(max_length=60, db_index=True)
    thing_id = models.CharField(max_length=60)
    thing_label = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    fields = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.action} by {self.actor_label}"

    @property
    def kind(self) -> str:
        """What kind of thing it speaks of, in words; what no longer exists keeps its name."""
        return words_of_kind(self.thing_type)


class MailState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"


class OutgoingMail(models.Model):
    """A mail that waits to be sent, was sent, or (without a mail server) is there to be copied.

    A worker first claims the row, then sends: a worker that dies in between leaves it "being sent", and only a
    person decides to send it again. So no mail goes out twice by itself.
    """

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    topic = models.CharField(max_length=20, default="account")
    is_secret = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.WAITING, db_index=True)
    created_at = models.DateTimeField(db_index=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.subject

    @property
    def colour(self) -> str:
        """The colour of the tag that shows the state."""
        return {"waiting": "blue", "sending": "yellow", "sent": "green", "failed": "red"}[self.state]


class FirstRunLink(models.Model):
    """The one-time link that opens the first-run page, kept as a hash. Only the newest is valid."""

    token_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]

    def __str__(self) -> str:
        return "First-run link"
