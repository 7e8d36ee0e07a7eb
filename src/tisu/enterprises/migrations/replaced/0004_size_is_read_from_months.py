from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0003_months_taken_over")]

    operations = [migrations.RemoveField(model_name="enterprise", name="is_above_scale")]
