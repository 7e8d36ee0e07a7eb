"""Write src/tisu/foundation/calendar_cn.json from the development dependency chinesecalendar.

Run once for each published year: `.venv/bin/python tools/calendar_from_chinesecalendar.py`.
"""

import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar

FIRST_YEAR, LAST_YEAR = 2004, 2026
TARGET = Path(__file__).parents[1] / "src/tisu/foundation/calendar_cn.json"
SOURCE = "State Council arrangement of the year as collected by chinesecalendar 1.11"

# The notices whose days were read and compared (design domain.md M0.2). Other years name their source only.
NOTICES = {
    2023: "国务院办公厅关于2023年部分节假日安排的通知",
    2026: "国务院办公厅关于2026年部分节假日安排的通知 (2025-11-04)",
}


def year_entry(year: int) -> dict:
    days = [
        date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]
    return {
        **({"notice": NOTICES[year]} if year in NOTICES else {}),
        "source": SOURCE,
        "off": [d.isoformat() for d in days if d.weekday() < 5 and not chinese_calendar.is_workday(d)],
        "working": [d.isoformat() for d in days if d.weekday() >= 5 and chinese_calendar.is_workday(d)],
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
