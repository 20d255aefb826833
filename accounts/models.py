"""People who sign in and where, services, the people of a service, invitations and the audit trail."""

import hashlib
import secrets
import uuid
from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    """Makes users who are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """A user with this address; without a password nobody can sign in until one is set by mail."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email: str) -> "User":
        """The user with this address, whatever its case."""
        return self.get(email=email.strip().lower())


class User(AbstractBaseUser):
    """Somebody who can sign in. What they may do is decided by their memberships, never here."""

    email = models.EmailField(_("E-mail address"), unique=True)
    name = models.CharField(_("Name"), max_length=100, blank=True)
    language = models.CharField(
        _("Language"), max_length=2, choices=[("en", _("English")), ("nb", _("Norwegian Bokmål"))], default="nb"
    )
    is_active = models.BooleanField(default=True)
    is_example = models.BooleanField(default=False)  # has a published password: embedded installations only
    audit_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = UserManager()

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        """The name, or the address of somebody who gave none."""
        return self.name or self.email


class Service(models.Model):
    """A team that delivers the practice; the wall that everything else stays behind."""

    class Setting(models.TextChoices):
        PRIMARY = "primary", _("Primary care")
        SPECIALISED = "specialised", _("Specialised care")

    key = models.SlugField(max_length=40, unique=True)  # in addresses and commands
    name = models.CharField(_("Name of the service"), max_length=100)
    practice = models.CharField(_("Practice"), max_length=100, default="IMR")
    setting = models.CharField(_("Setting"), max_length=20, choices=Setting.choices, blank=True)
    language = models.CharField(
        _("Language of documents"),
        max_length=2,
        choices=[("nb", _("Norwegian Bokmål")), ("en", _("English"))],
        default="nb",
    )
    described = models.BooleanField(default=False)  # known from a publication, never run in the product
    joined_on = models.DateField(_("With Holdfast since"), null=True, blank=True)
    started_on = models.DateField(
        _("IMR began on"), null=True, blank=True, help_text=_("The day the first patient had the first session.")
    )
    project_ends_on = models.DateField(
        _("The project ends on"),
        null=True,
        blank=True,
        help_text=_("The day on which the project that brought IMR ends or ended, if there was one."),
    )
    members: "models.Manager[Member]"

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet):
    """The sets of members that people talk about."""

    def present(self, on) -> "MemberQuerySet":
        """Those who have not left before that day."""
        return self.filter(Q(leaves_on__isnull=True) | Q(leaves_on__gte=on))

    def of_record(self) -> "MemberQuerySet":
        """The service's own people, who count in the rules; guests only look in."""
        return self.filter(guest=False, role__in=[Role.LEADER, Role.STAND_IN, Role.PRACTITIONER])

    def with_login(self) -> "MemberQuerySet":
        """Those who can sign in today."""
        return self.filter(user__is_active=True)


class Role(models.TextChoices):
    """What somebody is in a service; `accounts.access` says what that allows."""

    LEADER = "leader", _("Leader")
    STAND_IN = "stand_in", _("Stand-in for the leader")
    PRACTITIONER = "practitioner", _("Practitioner")
    ADVISER = "adviser", _("Adviser")
    SPONSOR = "sponsor", _("Sponsor (next level up)")


LEADING_ROLES = (Role.LEADER, Role.STAND_IN)


class Member(models.Model):
    """A person of one service, with or without a login."""

    class Discipline(models.TextChoices):
        NURSING = "nursing", _("Nurse or social educator")
        THERAPY = "therapy", _("Physiotherapist, occupational therapist or pedagogue")
        SOCIAL_WORK = "social_work", _("Social worker")
        MEDICINE = "medicine", _("Physician or psychologist")
        OTHER = "other", _("Other")

    class HowChosen(models.TextChoices):
        JOINTLY = "jointly", _("Together, by willingness and capacity")
        VOLUNTEERED = "volunteered", _("Came forward")
        IN_PASSING = "in_passing", _("Asked in passing")
        APPOINTED = "appointed", _("Appointed")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, blank=True, related_name="memberships")
    name = models.CharField(_("Name"), max_length=100)
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    guest = models.BooleanField(default=False)  # has access, is not one of the service's people
    discipline = models.CharField(_("Discipline"), max_length=20, choices=Discipline.choices, blank=True)
    experience_years = models.PositiveSmallIntegerField(_("Years of experience"), null=True, blank=True)
    how_chosen = models.CharField(_("How chosen for IMR"), max_length=20, choices=HowChosen.choices, blank=True)
    trained_on = models.DateField(_("IMR training finished on"), null=True, blank=True)
    started_on = models.DateField(_("Began in this role on"), null=True, blank=True)
    leaves_on = models.DateField(_("Last day in the service"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("Who takes over"),
    )
    handed_over_on = models.DateField(
        _("IMR was handed over to this person on"),
        null=True,
        blank=True,
        help_text=_(
            "If they took over from somebody: the day on which they were told what is open, decided and promised."
        ),
    )
    supervises = models.BooleanField(_("Gives supervision in IMR"), default=False)
    stopped_on = models.DateField(_("Stopped using IMR on"), null=True, blank=True)
    away_from = models.DateField(_("Away from"), null=True, blank=True)
    away_until = models.DateField(_("Away until"), null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "user"], name="one_membership_per_user_and_service"),
            models.CheckConstraint(
                condition=Q(away_until__isnull=True) | Q(away_from__isnull=False, away_until__gte=F("away_from")),
                name="member_away_until_after_from",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")), name="member_not_own_successor"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_present(self, on) -> bool:
        """Whether they have not left before that day."""
        return self.leaves_on is None or self.leaves_on >= on


INVITATION_DAYS = 14


class Invitation(models.Model):
    """A one-time link that lets one person take the login of one member. Only its hash is kept."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("E-mail address"))
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)  # handed to the mail server; none: it could not be
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.email} for {self.member}"

    @staticmethod
    def new_token() -> str:
        """A secret for the link, 256 random bits."""
        return secrets.token_urlsafe(32)

    @staticmethod
    def hash_of(token: str) -> str:
        """What is stored of a token."""
        return hashlib.sha256(token.encode()).hexdigest()

    def open(self, at) -> bool:
        """Whether the link can still be used at that moment."""
        return self.used_at is None and at < self.expires_at


def invitation_expiry():
    """The moment at which an invitation made now stops working."""
    return timezone.now() + timedelta(days=INVITATION_DAYS)


class SignIn(models.Model):
    """Where somebody is signed in: beside Django's session, which does not say whose it is."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60, blank=True)  # browser and system, as accounts.devices names them
    began_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.user} on {self.device or 'an unknown device'}"


class RememberedPhone(models.Model):
    """A phone that opens the log, and nothing else, without a password. Only the hash of its token is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="phones")
    token_hash = models.CharField(max_length=64, unique=True)
    password_mark = models.CharField(max_length=64)  # of the password it was remembered under
    device = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)  # a day, no time: it shows when somebody was at work

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="phone_expires_after_made"),
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.device or 'an unknown device'}"

    @staticmethod
    def hash_of(token: str) -> str:
        """What is stored of a token."""
        return hashlib.sha256(token.encode()).hexdigest()


class AuditEvent(models.Model):
    """Who did what to what, when. Written in the transaction of the change; no texts, no foreign keys."""

    at = models.DateTimeField(default=timezone.now)
    service_key = models.CharField(max_length=40, blank=True)
    actor = models.UUIDField(null=True, blank=True)  # User.audit_id; none for unnamed entries and the clock
    code = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(fields=["service_key", "-at"], name="audit_by_service")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.code} {self.object_kind} {self.object_id}"


class Submission(models.Model):
    """A form that was sent and done: the same form sent again leads to the same page and does nothing."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    success_url = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.key)
