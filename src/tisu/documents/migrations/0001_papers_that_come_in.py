import django.db.models.deletion
import tisu.foundation.sealed
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('kind', models.CharField(blank=True, max_length=8, verbose_name='kind')),
                ('copy_kind', models.CharField(blank=True, max_length=8)),
                ('size', models.PositiveBigIntegerField(default=0, verbose_name='size')),
                ('copy_size', models.PositiveBigIntegerField(default=0)),
                ('pages', models.PositiveIntegerField(default=0, verbose_name='pages')),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('original_key', tisu.foundation.sealed.SealedTextField()),
                ('copy_key', tisu.foundation.sealed.SealedTextField()),
                ('has_original', models.BooleanField(default=True)),
                ('has_thumb', models.BooleanField(default=False)),
                ('status', models.CharField(choices=[('arriving', 'arriving'), ('pending', 'waits for the virus check'), ('ready', 'ready'), ('refused', 'refused by the virus check'), ('going', 'being removed')], default='arriving', max_length=8, verbose_name='status')),
                ('uploaded_at', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('scan_due_at', models.DateTimeField(blank=True, null=True)),
                ('scan_attempts', models.PositiveSmallIntegerField(default=0)),
                ('uploaded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['uploaded_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about_kind', models.CharField(max_length=40)),
                ('about_key', models.BigIntegerField()),
                ('part', models.CharField(max_length=12)),
                ('at', models.PositiveIntegerField(default=0)),
                ('with_original', models.BooleanField(default=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='documents.document')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('claimed_at__isnull', True)), fields=['uploaded_at'], name='documents_unclaimed'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('status', 'pending')), fields=['scan_due_at'], name='documents_to_scan'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('status', 'going')), fields=['status'], name='documents_going'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(fields=['about_kind', 'about_key'], name='attachments_of_subject'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(fields=('document', 'about_kind', 'about_key', 'part'), name='hangs_once_in_a_place'),
        ),
    ]
