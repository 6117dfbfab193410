from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0004_indicators_also_called")]

    operations = [
        migrations.AddField(
            model_name="area",
            name="established_on",
            field=models.DateField(blank=True, null=True, verbose_name="stands since"),
        ),
    ]
