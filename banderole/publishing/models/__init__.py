from banderole.publishing.models.bylines import Byline
from banderole.publishing.models.images import Rendition, SiteImage
from banderole.publishing.models.pages import (
    Article,
    ArticleByline,
    PublicPage,
    Section,
    SitePage,
    StandardPage,
)
from banderole.publishing.models.settings import SiteSettings, SocialLink

__all__ = [
    "Article",
    "ArticleByline",
    "Byline",
    "PublicPage",
    "Rendition",
    "Section",
    "SiteImage",
    "SitePage",
    "SiteSettings",
    "SocialLink",
    "StandardPage",
]
