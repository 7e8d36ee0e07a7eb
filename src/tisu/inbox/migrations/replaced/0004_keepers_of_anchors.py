import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Anchors go out by web hook: a destination may keep them, and a delivery may carry one."""

    dependencies = [
        ("audit", "0002_room_for_the_chain"),
        ("inbox", "0003_status_of_a_delivery"),
    ]

    operations = [
        migrations.AddField(
            model_name="destination", name="takes_anchors", field=models.BooleanField(default=False)
        ),
        migrations.AddConstraint(
            model_name="destination",
            constraint=models.CheckConstraint(
                condition=models.Q(("takes_anchors", False), ("unit__isnull", False), _connector="OR"),
                name="no_person_takes_anchors",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="anchor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="audit.anchor",
            ),
        ),
    ]
