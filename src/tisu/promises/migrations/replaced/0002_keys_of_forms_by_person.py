

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('promises', '0001_promises_and_their_steps'),
    ]

    operations = [
        migrations.AlterField(
            model_name='promise',
            name='entry_key',
            field=models.CharField(editable=False, max_length=60, null=True, unique=True),
        ),
    ]
