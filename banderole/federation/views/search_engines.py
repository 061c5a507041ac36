"""What search engines ask for: where the pages are, and where not to look."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from banderole.federation import queries


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    addresses = [settings.PUBLIC_URL + path for path in queries.pages_for_search_engines()]
    return render(
        request,
        "federation/sitemap.xml",
        {"addresses": addresses},
        content_type="application/xml; charset=utf-8",
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    site = {"sitemap_url": f"{settings.PUBLIC_URL}/sitemap.xml"}
    return render(request, "federation/robots.txt", site, content_type="text/plain; charset=utf-8")
