"""What stands behind the practice from outside: support, the next level's word, money and posts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Service


class Support(models.Model):
    """Support that was asked for outside the service, and what came of it."""

    class Level(models.TextChoices):
        NEXT_LEVEL = "next_level", _("The leader's own leader")
        MUNICIPALITY = "municipality", _("Municipality")
        HOSPITAL = "hospital", _("Hospital or specialised care")
        REGION = "region", _("Region or national body")
        OTHER = "other", _("Others, such as a network or patient organisation")

    class Answer(models.TextChoices):
        OPEN = "open", _("No answer yet")
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Refused")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="supports")
    level = models.CharField(_("Who was asked"), max_length=20, choices=Level.choices)
    wanted = models.CharField(_("What for"), max_length=200)
    asked_on = models.DateField(_("Asked on"))
    answer = models.CharField(_("Answer"), max_length=10, choices=Answer.choices, default=Answer.OPEN)
    answered_on = models.DateField(_("Answered on"), null=True, blank=True)

    class Meta:
        verbose_name = _("Support from outside")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="open", answered_on__isnull=True)
                | Q(~Q(answer="open"), answered_on__isnull=False, answered_on__gte=F("asked_on")),
                name="support_answered_when_not_open",
            ),
        ]

    def __str__(self) -> str:
        return self.wanted


class Confirmation(models.Model):
    """The next level up was asked, in a memo or a talk, whether IMR is a priority; and what it said."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="confirmations")
    asked_on = models.DateField(_("Memo sent, or asked, on"))
    answered_on = models.DateField(_("Answered on"), null=True, blank=True)
    confirmed = models.BooleanField(_("Is IMR confirmed as a priority?"), null=True, blank=True)

    class Meta:
        verbose_name = _("Word of the next level up")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, confirmed__isnull=True)
                | Q(answered_on__isnull=False, confirmed__isnull=False, answered_on__gte=F("asked_on")),
                name="confirmation_answered_when_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} asked {self.asked_on}"


class Funding(models.Model):
    """Money or posts decided for the practice, until when."""

    class Kind(models.TextChoices):
        MONEY = "money", _("Money")
        POSTS = "posts", _("Posts")
        START_UP = "start_up", _("Start-up money of a project")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="fundings")
    kind = models.CharField(_("What was decided"), max_length=10, choices=Kind.choices)
    decided_on = models.DateField(_("Decided on"))
    until = models.DateField(
        _("Until"), null=True, blank=True, help_text=_("Leave empty if it holds until further notice.")
    )

    class Meta:
        verbose_name = _("Money and posts")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="start_up") | Q(until__isnull=False), name="funding_start_up_money_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} {self.kind} until {self.until}"
