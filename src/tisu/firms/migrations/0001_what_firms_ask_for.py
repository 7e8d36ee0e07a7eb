"""What a firm raises on its own side."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('enterprises', '0007_figures_and_benefits'),
        ('loop', '0010_matters_raised_for_a_firm'),
    ]

    operations = [
        migrations.CreateModel(
            name='Ask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort', models.CharField(choices=[('need', 'we need something'), ('correction', 'what is kept about us is wrong')], max_length=10, verbose_name='sort')),
                ('about', models.CharField(blank=True, max_length=60, verbose_name='what is wrong')),
                ('key', models.CharField(blank=True, max_length=40)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='enterprises.enterprise')),
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ask', to='loop.matter')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('enterprise', 'key'), name='a_form_asks_once')],
            },
        ),
    ]
