
import django.db.models.deletion
import django.utils.timezone
import tisu.accounts.mobile
import tisu.foundation.sealed
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_leave_cover"),
    ]

    operations = [
        migrations.CreateModel(
            name="FactorSecret",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("secret", tisu.foundation.sealed.SealedTextField()),
            ],
        ),
        migrations.AddField(
            model_name="user",
            name="mobile",
            field=models.CharField(
                blank=True,
                error_messages={"unique": "Another account has this mobile number."},
                max_length=11,
                null=True,
                unique=True,
                validators=[tisu.accounts.mobile.check_mobile],
                verbose_name="mobile number",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="mobile_confirmed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="must_change_password",
            field=models.BooleanField(
                default=False,
                help_text="Someone else has seen it: nothing else opens before the person has chosen one.",
                verbose_name="must change the password",
            ),
        ),
        migrations.CreateModel(
            name="FormerPassword",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=128)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_passwords",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-since", "-pk"],
            },
        ),
    ]
