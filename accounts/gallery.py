"""A page that shows every component in every state, with invented content: for whoever works on the look."""

from datetime import timedelta
from fractions import Fraction
from types import SimpleNamespace as Invented

from django import forms
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts import charts
from accounts.charts import Bar, Point
from accounts.forms import PageForm
from accounts.pages import SignedInPage


class GalleryForm(PageForm, forms.Form):
    """One field of each kind."""

    words = forms.CharField(label=_("What is to change?"), help_text=_("One sentence. Do not write about patients."))
    more = forms.CharField(label=_("Anything else"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    kind = forms.ChoiceField(label=_("Kind of work"), choices=[("", ""), ("a", _("Session")), ("b", _("Supervision"))])
    on = forms.DateField(label=_("By when"))
    at = forms.TimeField(label=_("At what time"), required=False)
    hours = forms.DecimalField(label=_("Hours a week"), max_digits=4, decimal_places=1, max_value=40)
    answer = forms.ChoiceField(
        label=_("Is it still right?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No")), ("cannot_tell", _("I cannot tell"))],
    )
    days = forms.MultipleChoiceField(
        label=_("On which days?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("mo", _("Monday")), ("tu", _("Tuesday"))],
        required=False,
    )
    agreed = forms.BooleanField(label=_("I have talked it over with the team"))
    before_submit = _("The leader of the service sees this with your name.")


def invented_entry(status: str, since=None, **changes) -> Invented:
    """A catalogue entry in that state, in the shape that the pages show one in."""
    kinds = {"measured": _("Measured"), "reported": _("Reported"), "group": _("Of the group")}
    evidence = [
        Invented(kind=kind, kind_label=label, sentence=_("2 of 3 people prepared at home in October."))
        for kind, label in kinds.items()
    ]
    text = Invented(
        why=_("Preparation that has no place in the week falls out of it first."),
        passage=_("Results, second theme"),
        strength=_("Said by several services in group interviews."),
        limits=_("It does not see work that nobody reports."),
        clears=_("Time for preparation is set aside for everyone, and kept for four weeks."),
    )
    return Invented(
        **{
            "key": "own-time",
            "status": status,
            "since": since,
            "title": _("Preparation happens in people's own time"),
            "headline_evidence": evidence[0],
            "evidence": evidence,
            "reason_sentence": "",
            "rule": _("Speaks when two people or more report it within 60 days."),
            "text": text,
            **changes,
        }
    )


def time_charts() -> list[Invented]:
    """The chart of hours with all figures known, some, and hardly any."""
    too_few = _("Too few people reported")
    needed = Bar(_("Needed"), _("8 to 11 hours"), until=11, least=8, middle=9)
    promised = Bar(_("Promised"), _("6 hours"), until=6)
    kept = Bar(_("Kept"), _("4.5 hours"), until=Fraction("4.5"))
    displaced = Bar(_("Displaced"), _("1.5 hours"), since=Fraction("4.5"), until=6)
    not_kept, not_displaced = (Bar(label, _("Not known"), note=too_few) for label in (_("Kept"), _("Displaced")))
    no_need = Bar(_("Needed"), _("Not known"), note=_("Nobody has recorded this yet."))
    return [
        Invented(name=_("Time a week"), sentence=sentence, rows=rows, drawn=charts.bars(rows))
        for sentence, rows in (
            (_("IMR needs about 9 hours a week; 6 are set aside, 4.5 were kept."), (needed, promised, kept, displaced)),
            (_("Too few people reported"), (needed, promised, not_kept, not_displaced)),
            (_("Nobody has recorded this yet."), (no_need, Bar(_("Promised"), "0", until=0), not_kept, not_displaced)),
        )
    ]


def run_charts(today) -> list[Invented]:
    """A figure over time: few points, many, many that moved, and many with limits that the last one leaves."""
    shown = []
    for values, median, limits in (
        ((3, 5, 4), None, ()),
        ((3, 5, 4, 6, 3, 5, 4, 4, 6, 3), 4, ()),
        ((2, 3) * 5 + (7, 8) * 5, 5, ()),
        ((4, 5) * 6 + (9,), 5, (2, 7)),
    ):
        days = [today - timedelta(days=14 * number) for number in reversed(range(len(values)))]
        points = [Point(day.toordinal(), value) for day, value in zip(days, values, strict=True)]
        shown.append(
            Invented(
                name=_("Sessions held"),
                sentence=_("Too few points to judge")
                if median is None
                else _("Median %(median)d") % {"median": median},
                drawn=charts.run_chart(
                    points,
                    in_words=lambda value: f"{float(value):g}",
                    median=median,
                    joined=median is not None,
                    limits=limits,
                    marked=(len(values),) if limits else (),
                ),
                first_day=days[0].isoformat(),
                last_day=days[-1].isoformat(),
                median_words="" if median is None else _("Median %(median)d") % {"median": median},
                limits_words=_("Limits %(low)d and %(high)d") % {"low": limits[0], "high": limits[1]} if limits else "",
                marks=bool(limits),
                rows=[Invented(day=day.isoformat(), figure=value) for day, value in zip(days, values, strict=True)],
            )
        )
    return shown


class Gallery(SignedInPage):
    """Shows nothing of any service."""

    title = _("Gallery")
    template_name = "gallery.html"

    @cached_property
    def wrong_form(self) -> GalleryForm:
        """A form sent with everything wrong."""
        return GalleryForm({"wrong-more": "This stays.", "wrong-hours": "99"}, prefix="wrong")

    def get_context_data(self, **kwargs):
        """Invented content for each component, in each of its states."""
        today = self.today
        since = today - timedelta(days=80)
        owner = Invented(name="Kari Nes")

        def action(**changes):
            return Invented(
                **{
                    "title": _("Set two hours aside on Tuesdays"),
                    "owner": owner,
                    "due_on": today + timedelta(days=6),
                    "state": "open",
                    "closed_on": today - timedelta(days=3),
                    **changes,
                }
            )

        def note(says, status):
            return Invented(says=says, status=status, title=_("Preparation happens in people's own time"), url="#full")

        take_up = Invented(
            url="#bars",
            proposal=Invented(
                title=_("Set two hours aside on Tuesdays"), owner=owner, due_on=today + timedelta(days=14)
            ),
        )

        return super().get_context_data(
            today=today,
            days=[today + timedelta(days=number) for number in (-40, -1, 0, 1, 6, 400)],
            statuses=["flagged", "watch", "clear", "unknown"],
            long_ago=since,
            themes=[
                Invented(number=1, name=_("Priorities"), states=[("flagged", 2), ("unknown", 1)]),
                Invented(number=2, name=_("Leader engagement"), states=[("watch", 1), ("clear", 2)]),
                Invented(number=5, name=_("Fidelity in its place"), states=[]),
            ],
            entries=[
                invented_entry("flagged", since),
                invented_entry("watch", since, title=_("No review is planned")),
                invented_entry("clear", since, title=_("The leader follows up")),
                invented_entry(
                    "unknown",
                    title=_("Hours kept for IMR"),
                    headline_evidence=None,
                    evidence=[],
                    reason_sentence=_("Nobody has recorded this yet."),
                ),
            ],
            acts=[(_("Set time aside"), "#bars"), (_("Talk about it on 1 December"), "#bars")],
            take_up=take_up,
            under_way=[Invented(action=action(), url="#bars", late=False)],
            full_acts=[
                Invented(text=_("Set time aside for everyone"), owner=_("Leader"), days=14, take_up=take_up),
                Invented(text=_("Ask the next level for cover"), owner=_("Leader"), days=1, take_up=None),
            ],
            accepted=Invented(
                by="Kari Nes", until=today + timedelta(days=60), reason=_("A new colleague comes in May.")
            ),
            actions=[
                (action(), False, note("open", "flagged")),
                (action(due_on=since), True, note("cleared", "clear")),
                (action(owner=None, due_on=None), False, note("unknown", "unknown")),
                (action(state="done"), False, note("done_stays", "watch")),
                (action(state="dropped"), False, note("dropped", "flagged")),
            ],
            tasks=[
                Invented(label=_("Vision"), url="#bars", state="done", word=_("Done"), note=""),
                Invented(label=_("Goals"), url="#bars", state="begun", word=_("Begun"), note=_("One of three")),
                Invented(label=_("Time set aside"), url="#bars", state="open", word=_("Not begun"), note=""),
            ],
            time_charts=time_charts(),
            run_charts=run_charts(today),
            pieces=[
                Invented(change="removed", text=_("Two of us")),
                Invented(change="added", text=_("Three of us")),
                Invented(change="same", text=" " + str(_("lead a group every year."))),
            ],
            page_obj=Paginator(range(50), 10).page(2),
            open_form=GalleryForm(),
            wrong_form=self.wrong_form,
            **kwargs,
        )
