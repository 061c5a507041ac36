"""The headers that every answer carries, and those of each kind of file."""

from django.conf import settings

Headers = list[tuple[str, str]]

NO_FEATURES = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
        "microphone", "midi", "payment", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
BAKED_CACHE = "public, max-age=0, s-maxage=60, must-revalidate"
HOUR_CACHE = "public, max-age=3600"
DAY_CACHE = "public, max-age=86400"
FOREVER_CACHE = "public, max-age=31536000, immutable"


def of_every_answer() -> Headers:
    headers = [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", NO_FEATURES),
        ("X-Frame-Options", settings.X_FRAME_OPTIONS),
    ]
    if settings.SECURE_HSTS_SECONDS:
        headers.append(("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}"))
    return headers


def content_security_policy() -> str:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def of_baked(content_type: str) -> Headers:
    return [
        *of_every_answer(),
        ("Content-Type", content_type),
        ("Content-Security-Policy", content_security_policy()),
        ("Cache-Control", BAKED_CACHE),
        ("Vary", "Accept-Encoding"),
    ]


def of_static(content_type: str, cache: str) -> Headers:
    return [
        *of_every_answer(),
        ("Content-Type", content_type),
        ("Cache-Control", cache),
        ("Vary", "Accept-Encoding"),
    ]


def of_media(content_type: str) -> Headers:
    """What somebody uploaded can run nothing, wherever it is opened."""
    shown = content_type.startswith(("image/", "audio/", "video/"))
    return [
        *[
            (name, value)
            for name, value in of_every_answer()
            if name not in {"Cross-Origin-Resource-Policy", "X-Frame-Options"}
        ],
        ("Cross-Origin-Resource-Policy", "cross-origin"),
        ("Content-Type", content_type),
        ("Content-Security-Policy", "default-src 'none'; sandbox"),
        ("Content-Disposition", "inline" if shown else "attachment"),
        ("Cache-Control", DAY_CACHE),
    ]
