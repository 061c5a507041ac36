"""The one stylesheet of every page: main.css with all that it imports, and the association's colour.

Its address holds a hash of its content, so that it may be kept for ever and changes when it changes.
"""

import re
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.contrib.staticfiles import finders

from banderole.common import assets, colours, frame

MAIN = "common/css/main.css"
FOLDER = "s/"
IMPORT = re.compile(r"""@import\s+["']([^"']+)["']\s*(?:layer\(([\w.-]+)\))?\s*;""")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STRING = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
STATIC_FILE = re.compile(r"""url\(["']?(/static/[^"')?#]+)["']?\)""")


def url() -> str:
    """Where the stylesheet with the association's present colour lies."""
    digest = blake2b(bundle(), digest_size=8).hexdigest()
    return f"{settings.STATIC_URL}{FOLDER}{digest}.css"


def bundle() -> bytes:
    return _bundle(frame.site_of(None).cloth)


@lru_cache(maxsize=8)
def _bundle(cloth: str) -> bytes:
    text = STATIC_FILE.sub(lambda found: f'url("{assets.versioned(found[1])}")', _joined(MAIN))
    return (_tight(text) + _tight(colours.stylesheet(cloth))).encode()


def _joined(name: str) -> str:
    """The file with its imports in their places."""
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    text = COMMENT.sub("", Path(found).read_text(encoding="utf-8"))
    return IMPORT.sub(lambda match: _imported(name, match[1], match[2]), text)


def _imported(by: str, name: str, layer: str | None) -> str:
    text = _joined(str(PurePosixPath(by).parent / name))
    return f"@layer {layer}{{{text}}}" if layer else text


def _tight(text: str) -> str:
    """Without the spaces that mean nothing; what is in quotes stays as it is."""
    pieces = STRING.split(text)
    for index in range(0, len(pieces), 2):
        piece = re.sub(r"\s+", " ", pieces[index])
        piece = re.sub(r"\s*([{};,])\s*", r"\1", piece)
        pieces[index] = re.sub(r":\s", ":", piece).replace(";}", "}")
    return "".join(pieces).strip()
