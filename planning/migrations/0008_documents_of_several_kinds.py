import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0003_visits_waves_and_versions"),
        ("planning", "0007_mail_to_those_who_were_asked"),
    ]

    operations = [
        migrations.RemoveConstraint("plan", "one_plan_per_number"),
        migrations.RemoveConstraint("plan", "plan_made_when_ready"),
        migrations.RenameModel("Plan", "Document"),
        migrations.RenameModel("PlanFile", "DocumentFile"),
        migrations.RenameField("documentfile", "plan", "document"),
        migrations.RenameField("message", "plan", "document"),
        migrations.AddField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('plan', 'Action plan'), ('memo', 'Memo to the next level'), ('handover', 'Handover pack'), ('fidelity', 'Fidelity report')], default='plan', max_length=10),
        ),
        migrations.AddField(
            model_name='document',
            name='step',
            field=models.CharField(blank=True, choices=[('laying_out', 'Page 1 is laid out'), ('writing', 'The pages are written'), ('storing', 'The file is stored')], max_length=12),
        ),
        migrations.AddField(
            model_name='document',
            name='visit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='assessments.visit'),
        ),
        migrations.AlterField(
            model_name='document',
            name='service',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='accounts.service'),
        ),
        migrations.AlterField(
            model_name='document',
            name='state',
            field=models.CharField(choices=[('queued', 'Queued'), ('making', 'Being made'), ('ready', 'Ready'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='queued', max_length=10),
        ),
        migrations.AlterField(
            model_name='documentfile',
            name='page_one',
            field=models.BinaryField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('service', 'kind', 'number'), name='one_document_per_kind_and_number'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('made_at__isnull', False), ('state', 'ready')), models.Q(models.Q(('state', 'ready'), _negated=True), ('made_at__isnull', True)), _connector='OR'), name='document_made_when_ready'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'fidelity'), ('visit__isnull', False)), models.Q(models.Q(('kind', 'fidelity'), _negated=True), ('visit__isnull', True)), _connector='OR'), name='document_of_a_visit_when_fidelity'),
        ),
    ]
