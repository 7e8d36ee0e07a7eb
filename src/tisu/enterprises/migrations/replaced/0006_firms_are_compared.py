"""What of name and address tells firms apart is written for those that are in the register already."""

from django.db import migrations

from tisu.enterprises.namekey import address_key, name_key


def write_keys(apps, schema_editor):
    Enterprise = apps.get_model("enterprises", "Enterprise")
    Region = apps.get_model("orgs", "Region")
    names = dict(Region.objects.values_list("code", "name"))
    for firm in Enterprise.objects.iterator():
        above = (firm.region_id[:length] for length in range(2, len(firm.region_id) + 1))
        places = [names[code] for code in above if code in names]
        firm.name_key, firm.address_key = name_key(firm.name, places), address_key(firm.address, places)
        firm.save(update_fields=["name_key", "address_key"])


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0005_duplicates_contacts_and_visits")]

    operations = [migrations.RunPython(write_keys, migrations.RunPython.noop)]
