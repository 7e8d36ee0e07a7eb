"""A matter that a firm raised belongs to whoever acts for the firm, not to the one who wrote it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enterprises', '0006_firms_are_compared'),
        ('loop', '0009_kept_for_the_few'),
        ('orgs', '0002_former_names_and_heirs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='matter',
            name='for_firm',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='raised_matters', to='enterprises.enterprise'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('for_firm__isnull', False)), fields=['for_firm'], name='matter_by_raising_firm'),
        ),
    ]
