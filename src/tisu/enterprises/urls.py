from django.urls import path

from tisu.enterprises.views import calendar, duplicates, editing, figures, firm, line, listing, people

app_name = "enterprises"

urlpatterns = [
    path("enterprises", listing.listed, name="list"),
    path("enterprises/new", editing.new, name="new"),
    path("enterprises/parks", editing.parks, name="parks"),
    path("enterprises/calendar", calendar.of_county, name="county_calendar"),
    path("enterprises/duplicates", duplicates.duplicates, name="duplicates"),
    path("enterprises/<code>", firm.detail, name="detail"),
    path("enterprises/<code>/people", people.people, name="people"),
    path("enterprises/<code>/people/<int:pk>", people.contact, name="contact"),
    path("enterprises/<code>/figures", figures.figures, name="figures"),
    path("enterprises/<code>/figures/<int:pk>", figures.figure, name="figure"),
    path("enterprises/<code>/line", line.line, name="line"),
    path("enterprises/<code>/calendar", calendar.of_firm, name="calendar"),
    path("enterprises/<code>/edit", editing.edit, name="edit"),
]
