from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("loop", "0005_what_was_judged_before")]

    operations = [migrations.AddField("clock", "first_due_at", models.DateTimeField(null=True))]
