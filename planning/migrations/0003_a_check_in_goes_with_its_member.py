import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0002_the_whole_record"),
        ("planning", "0002_the_whole_record"),
    ]

    operations = [
        migrations.AlterField(
            model_name="weekcheckin",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="week_check_ins", to="accounts.member"
            ),
        ),
    ]
