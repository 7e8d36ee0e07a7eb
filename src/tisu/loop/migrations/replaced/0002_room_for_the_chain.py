"""Columns of the chain, and what an event says as text: a digest is over bytes, which JSON columns do not keep."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("loop", "0001_spine")]

    operations = [
        migrations.AddField("event", "chain", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.RenameField("eventcontent", "body", "said"),
        migrations.AlterField("eventcontent", "said", models.TextField(null=True)),
        migrations.AddField("eventcontent", "erased_by", models.CharField(blank=True, default="", max_length=120), preserve_default=False),
        migrations.AddField("eventcontent", "erased_at", models.DateTimeField(blank=True, null=True)),
    ]
