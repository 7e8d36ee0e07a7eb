from django.db import migrations, models


class Migration(migrations.Migration):
    """`state` is the word of the moves engine; a letter's way out is no state of that kind."""

    dependencies = [("inbox", "0002_destinations_and_outbox")]

    operations = [
        migrations.RemoveIndex(model_name="delivery", name="deliveries_waiting"),
        migrations.RenameField(model_name="delivery", old_name="state", new_name="status"),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("status", "waiting")), fields=["due_at"], name="deliveries_waiting"
            ),
        ),
    ]
