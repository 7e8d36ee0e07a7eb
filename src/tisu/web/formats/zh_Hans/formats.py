"""Django's own formats for Simplified Chinese but two: no leading zero in a month, and figures for tables."""

MONTH_DAY_FORMAT = "n月j日"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = "Y-m-d H:i"
