"""Which firms a matter concerns without showing it: read by walls alone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enterprises', '0001_register'),
        ('loop', '0007_words_of_ratings_can_be_emptied'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConcernedFirm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enterprises.enterprise')),
                ('inherited_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='loop.matter')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='concerned_firms', to='loop.matter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('inherited_from__isnull', True)), fields=('matter', 'enterprise'), name='a_firm_of_its_own_once'), models.UniqueConstraint(fields=('matter', 'enterprise', 'inherited_from'), name='a_firm_once_from_each_matter')],
            },
        ),
    ]
