"""An act of the leader's month that was dropped leaves room for another; the minutes of every held review are kept.

Reviews that were closed before their minutes were kept, or that came from a dossier, get them as the record has them
now, in the form of `planning.minutes` (format 1) as it was when this was written.
"""

from django.db import migrations, models


def keep_minutes(apps, schema_editor):
    """Keep what is said of each held review that has no minutes of its own yet."""
    reviews = apps.get_model("planning", "Review").objects
    for review in reviews.filter(state="held", held_agenda__isnull=True).order_by("pk"):
        review.held_agenda = {
            "format": 1,
            "rows": [],
            "accepted": [],
            "unknown": [],
            "observations": list(review.observations.order_by("pk").values("entry", "effect", "text")),
            "decisions": list(review.decisions.order_by("pk").values("kind", "text", "decided_by")),
            "actions": [
                {
                    "title": action.title,
                    "owner": action.owner_id,
                    "due_on": action.due_on.isoformat() if action.due_on else None,
                    "goes_on": action.state == "open",
                }
                for action in review.actions.order_by(models.F("due_on").asc(nulls_last=True), "pk")
            ],
        }
        review.save(update_fields=["held_agenda"])


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0004_conflicts_waiting_as_mail"),
    ]

    operations = [
        migrations.AddField(
            model_name="leaderact",
            name="replaced_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RemoveConstraint(
            model_name="leaderact",
            name="one_leader_act_per_month",
        ),
        migrations.AddConstraint(
            model_name="leaderact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_on__isnull", True)),
                fields=("service", "month"),
                name="one_leader_act_per_month",
            ),
        ),
        migrations.RunPython(keep_minutes, migrations.RunPython.noop),
    ]
