from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("loop", "0006_what_was_told_first")]

    operations = [
        migrations.AlterField(
            "rating", "text", models.TextField("in your words", blank=True, null=True)
        )
    ]
