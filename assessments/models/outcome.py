"""Results of groups that were measured elsewhere: patient outcomes, and the domains of a sustainability tool."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Service
from assessments.small_numbers import FEWEST_PATIENTS


class OutcomeRound(models.Model):
    """Patient outcomes measured once: how many patients and their mean, nothing about anybody."""

    class Form(models.TextChoices):
        PATIENT = "patient", _("Filled in by patients")
        PRACTITIONER = "practitioner", _("Filled in by practitioners")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="outcome_rounds")
    measured_on = models.DateField(_("When"))
    form = models.CharField(_("Which form of the IMR scales"), max_length=20, choices=Form.choices)
    patients = models.PositiveIntegerField(_("How many patients"))
    mean = models.DecimalField(
        _("Mean"),
        max_digits=12,
        decimal_places=10,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(5))],
        help_text=_("From 1 to 5. Only for five patients or more."),
    )
    sd = models.DecimalField(
        _("Standard deviation"),
        max_digits=12,
        decimal_places=10,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(2))],  # 2: half of 1, half of 5
        help_text=_("Of the patients' means. The sheet works it out."),
    )
    # Since the round before, of those measured in both, by more than the error of measurement.
    better = models.PositiveIntegerField(_("Better than in the round before"), null=True, blank=True)
    same = models.PositiveIntegerField(_("About the same"), null=True, blank=True)
    worse = models.PositiveIntegerField(_("Worse"), null=True, blank=True)
    missing = models.PositiveIntegerField(_("Patients with too few answers"), null=True, blank=True)
    version = models.CharField(max_length=20, blank=True, default="")
    fed_back_on = models.DateField(_("Shown to the practitioners on"), null=True, blank=True)

    class Meta:
        verbose_name = _("Outcome round")
        constraints = [
            models.UniqueConstraint(fields=["service", "measured_on", "form"], name="one_outcome_round_a_day_and_form"),
            models.CheckConstraint(
                condition=Q(mean__isnull=True) | Q(patients__gte=FEWEST_PATIENTS, mean__gte=1, mean__lte=5),
                name="outcome_mean_of_five_patients_or_more",
            ),
            models.CheckConstraint(
                condition=Q(sd__isnull=True) | Q(mean__isnull=False, sd__gte=0, sd__lte=2),
                name="outcome_deviation_with_a_mean",
            ),
            models.CheckConstraint(
                condition=Q(better__isnull=True, same__isnull=True, worse__isnull=True)
                | Q(better__isnull=False, same__isnull=False, worse__isnull=False, patients__gte=FEWEST_PATIENTS),
                name="outcome_changes_all_or_none",
            ),
            models.CheckConstraint(
                condition=Q(fed_back_on__isnull=True) | Q(fed_back_on__gte=models.F("measured_on")),
                name="outcomes_fed_back_after_measuring",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patients} patients on {self.measured_on}"


class DomainMeans(models.Model):
    """Means of the domains of a sustainability tool that was filled in elsewhere, 1 to 7. No band, no total."""

    class Tool(models.TextChoices):
        CSAT = "csat", _("Clinical Sustainability Assessment Tool")
        PSAT = "psat", _("Program Sustainability Assessment Tool")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="domain_means")
    rated_on = models.DateField(_("When"))
    tool = models.CharField(_("Which tool"), max_length=4, choices=Tool.choices)
    means = models.JSONField(default=dict)  # by domain (`assessments.domains`), as text: {"funding": "4.25"}

    class Meta:
        verbose_name = _("Means of a sustainability tool")
        constraints = [
            models.UniqueConstraint(fields=["service", "rated_on", "tool"], name="one_day_of_each_tool"),
        ]

    def __str__(self) -> str:
        return f"{self.tool} {self.rated_on}"


class OfficialText(models.Model):
    """The exact words of one item, entered by a service from a form that it may use."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="official_texts")
    instrument = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=2, choices=[("en", _("English")), ("nb", _("Norwegian Bokmål"))])
    item = models.CharField(max_length=40)
    text = models.CharField(max_length=400)

    class Meta:
        verbose_name = _("Official wording")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "instrument", "version", "language", "item"], name="one_official_text_an_item"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.version} {self.language} {self.item}"
