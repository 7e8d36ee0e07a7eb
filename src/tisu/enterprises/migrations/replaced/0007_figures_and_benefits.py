"""What firms turn over and were granted; who speaks for a firm in what concerns its people."""

import datetime
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enterprises', '0006_firms_are_compared'),
        ('orgs', '0002_former_names_and_heirs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='mandate',
            name='is_principal',
            field=models.BooleanField(default=False, verbose_name='principal person'),
        ),
        migrations.CreateModel(
            name='Benefit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('rent', 'rent let off'), ('tax', 'tax or fee relief'), ('subsidy', 'subsidy or reward'), ('factor', 'land, energy or labour on better terms'), ('guidance', 'technical guidance'), ('event', 'brand event'), ('listed', 'standing on a national list')], max_length=10, verbose_name='kind')),
                ('title', models.CharField(max_length=120, verbose_name='what was granted')),
                ('first', models.DateField(verbose_name='first day')),
                ('last', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('whole_years', models.BooleanField(default=False, verbose_name='only the years are known')),
                ('value', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='value')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='basis')),
                ('review', models.CharField(blank=True, max_length=120, verbose_name='fair-competition review')),
                ('source', models.CharField(max_length=120, verbose_name='source')),
                ('signed', models.CharField(max_length=120)),
                ('entered_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='benefits', to='enterprises.enterprise')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='granted by')),
            ],
            options={
                'ordering': ['-first', '-pk'],
                'indexes': [models.Index(fields=['enterprise', '-first'], name='benefits_of_a_firm')],
                'constraints': [models.CheckConstraint(condition=models.Q(('last__isnull', True), ('last__gte', models.F('first')), _connector='OR'), name='a_benefit_ends_after_it_begins', violation_error_message='The last day lies before the first one.'), models.CheckConstraint(condition=models.Q(('first__lt', datetime.date(2024, 8, 1)), models.Q(('kind__in', ['factor', 'rent', 'subsidy', 'tax']), _negated=True), models.Q(('review', ''), _negated=True), _connector='OR'), name='selective_benefits_are_reviewed', violation_error_message='Since 1 August 2024 what one firm gets and others do not passes the fair-competition review first: give its number and day.')],
            },
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(choices=[('output', 'output value'), ('revenue', 'operating revenue'), ('sales', 'sales'), ('tax', 'tax paid'), ('staff', 'people employed'), ('power', 'electricity used')], max_length=8, verbose_name='measure')),
                ('status', models.CharField(choices=[('actual', 'actual'), ('forecast', 'forecast'), ('target', 'target')], max_length=8, verbose_name='statement')),
                ('grain', models.CharField(choices=[('month', 'month'), ('quarter', 'quarter'), ('year', 'year'), ('so_far', 'year up to a day')], max_length=8, verbose_name='period')),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('value', models.PositiveBigIntegerField(verbose_name='value')),
                ('bound', models.CharField(choices=[('exact', 'exactly'), ('over', 'more than'), ('nearly', 'nearly'), ('about', 'about')], default='exact', max_length=6, verbose_name='how exactly')),
                ('origin', models.CharField(choices=[('firm', 'told by the firm'), ('published', 'published report'), ('unit', 'record of a unit, used for its own duty')], max_length=10, verbose_name='from whom')),
                ('source', models.CharField(max_length=120, verbose_name='source')),
                ('consent', models.CharField(blank=True, max_length=120, verbose_name='how the firm agreed')),
                ('said_on', models.DateField(verbose_name='said on')),
                ('signed', models.CharField(max_length=120)),
                ('entered_at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='enterprises.enterprise')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='enterprises.figure')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['enterprise', 'measure', 'last'], name='figures_of_a_firm')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('enterprise', 'measure', 'status', 'grain', 'last'), name='one_figure_stands_for_each_period'), models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='a_figure_is_of_some_time'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'actual'), _negated=True), ('said_on__gt', models.F('last')), models.Q(('grain', 'so_far'), ('said_on__gte', models.F('last'))), _connector='OR'), name='what_has_not_ended_is_not_actual'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'forecast'), _negated=True), ('said_on__lte', models.F('last')), _connector='OR'), name='what_has_ended_is_not_forecast'), models.CheckConstraint(condition=models.Q(models.Q(('origin', 'firm'), _negated=True), models.Q(('consent', ''), _negated=True), _connector='OR'), name='a_firm_agreed_to_what_it_told')],
            },
        ),
    ]
