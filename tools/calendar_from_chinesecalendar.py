"""Write src/tisu/foundation/calendar_cn.json from the development dependency chinesecalendar.

Run once for each published year: `.venv/bin/python tools/calendar_from_chinesecalendar.py`. A year that was released
never changes again, because calendars of old versions are built from it; tests keep that.
"""

import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar

FIRST_YEAR, LAST_YEAR = 2004, 2026
TARGET = Path(__file__).parents[1] / "src/tisu/foundation/calendar_cn.json"
COLLECTED = "State Council arrangement of the year as collected by chinesecalendar 1.11"

# The notices whose number and date are known: number, day of issue. Other years name who collected them.
NOTICES = {
    2022: ("国办发明电〔2021〕11号", "2021-10-25"),
    2023: ("国办发明电〔2022〕16号", "2022-12-08"),
    2024: ("国办发明电〔2023〕7号", "2023-10-25"),
    2025: ("国办发明电〔2024〕12号", "2024-11-12"),
    2026: ("国办发明电〔2025〕7号", "2025-11-04"),
}


def year_entry(year: int) -> dict:
    """The days just before New Year stand in the notice of the year that begins."""
    first = date(year - 1, 12, 25) if year > FIRST_YEAR else date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year, 12, 25) - first).days)]
    return {
        **origin(year),
        "off": [d.isoformat() for d in days if d.weekday() < 5 and not chinese_calendar.is_workday(d)],
        "working": [d.isoformat() for d in days if d.weekday() >= 5 and chinese_calendar.is_workday(d)],
    }


def origin(year: int) -> dict:
    if year not in NOTICES:
        return {"source": COLLECTED}
    number, issued_on = NOTICES[year]
    return {
        "notice": f"国务院办公厅关于{year}年部分节假日安排的通知",
        "source": number,
        "issued_on": issued_on,
    }


def calendar() -> dict:
    return {
        "version": f"cn-{LAST_YEAR}",
        "coverage_start": f"{FIRST_YEAR}-01-01",
        "coverage_end": f"{LAST_YEAR}-12-31",
        "years": {str(year): year_entry(year) for year in range(FIRST_YEAR, LAST_YEAR + 1)},
    }


if __name__ == "__main__":
    TARGET.write_text(json.dumps(calendar(), ensure_ascii=False, indent=1) + "\n", "utf-8")
