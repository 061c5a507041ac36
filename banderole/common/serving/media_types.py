"""The content type of a file by its name: one table, the same on every machine."""

TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "map": "application/json",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "woff": "font/woff",
    "pdf": "application/pdf",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "webmanifest": "application/manifest+json",
}
COMPRESSIBLE = ("text/", "application/json", "application/manifest", "application/xml", "image/svg")
FEED_JSON = "application/feed+json; charset=utf-8"


def of(name: str) -> str:
    if name.rsplit("/", 1)[-1] == "flux.json":
        return FEED_JSON
    return TYPES.get(name.rsplit(".", 1)[-1].lower(), "application/octet-stream")


def is_compressible(content_type: str) -> bool:
    return content_type.startswith(COMPRESSIBLE) or "+xml" in content_type or "+json" in content_type
