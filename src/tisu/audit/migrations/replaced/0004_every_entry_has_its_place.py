from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_chain_what_was_written")]

    operations = [migrations.AlterField("entry", "seq", models.PositiveBigIntegerField(unique=True))]
