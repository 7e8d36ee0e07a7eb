"""The same as in Simplified Chinese."""

from tisu.web.formats.zh_Hans.formats import MONTH_DAY_FORMAT, SHORT_DATE_FORMAT, SHORT_DATETIME_FORMAT

__all__ = ["MONTH_DAY_FORMAT", "SHORT_DATETIME_FORMAT", "SHORT_DATE_FORMAT"]
