from django.urls import URLPattern, URLResolver, path, re_path

from banderole.federation.views import feeds, search_engines

app_name = "federation"
urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^flux\.(?P<kind>rss|atom|json)$", feeds.site_feed, name="site_feed"),
    re_path(r"^(?P<slug>[-\w]+)/flux\.(?P<kind>rss|atom|json)$", feeds.section_feed, name="section_feed"),
    path("sitemap.xml", search_engines.sitemap, name="sitemap"),
    path("robots.txt", search_engines.robots, name="robots"),
]
