"""Kill a real worker again and again while it bakes, and look at every file after each kill.

Runs as `python -m tests.baker ROUNDS` on the home that BANDEROLE_HOME names; prints what it saw as JSON.
The worker is a fork of this process, so that thirty starts cost seconds and not minutes.
"""

import gzip
import json
import os
import random
import select
import signal
import sys
import time
from collections import Counter
from pathlib import Path

import brotli
import django

django.setup()

from django.conf import settings
from django.db import connections

from banderole.baking.domain import bake, changes
from banderole.baking.models import BakedFile, Change
from banderole.common.serving.baked import BakedPages
from banderole.common.worker import work
from banderole.publishing.models import SiteSettings

ENDS = {
    ".html": b"</html>\n",
    ".rss": b"</rss>",
    ".atom": b"</feed>",
    ".ics": b"END:VCALENDAR\r\n",
    ".css": b"}",
}
UNPACK = {"": bytes, "br": brotli.decompress, "gzip": gzip.decompress}
FIRST = settings.BAKED_ROOT / "index.html"


def whole(name: str, body: bytes) -> bool:
    end = ENDS.get(Path(name).suffix)
    return end is None or body.rstrip().endswith(end.rstrip())


def torn_files() -> list[str]:
    """Files that are no whole page in any of their encodings."""
    torn = []
    for file in settings.BAKED_ROOT.rglob("*"):
        if not file.is_file() or file.name.startswith("."):
            continue
        body = file.read_bytes()
        try:
            if file.suffix == ".br":
                body = brotli.decompress(body)
            elif file.suffix == ".gz":
                body = gzip.decompress(body)
        except (brotli.error, EOFError, gzip.BadGzipFile):
            body = b""
        if not whole(file.name.removesuffix(".br").removesuffix(".gz"), body):
            torn.append(str(file.relative_to(settings.BAKED_ROOT)))
    return torn


def read_until(over: int, report: int, urls: list[str]) -> None:
    """Read pages over and over, as `web` does, until the pipe `over` is closed; then report what they were."""
    pages, seen = BakedPages(settings.BAKED_ROOT), Counter()
    while not select.select([over], [], [], 0.002)[0]:
        for url in random.sample(urls, min(5, len(urls))):
            environ = {"REQUEST_METHOD": "GET", "PATH_INFO": url, "QUERY_STRING": ""}
            answer = pages.find({**environ, "HTTP_ACCEPT_ENCODING": random.choice(["br", "gzip", ""])})
            if answer is None:
                seen["missing"] += 1
                continue
            encoding = dict(answer.headers).get("Content-Encoding", "")
            body = UNPACK[encoding](b"".join(answer.body))
            seen["whole" if whole(file_name(url), body) else "torn"] += 1
    os.write(report, json.dumps(seen).encode())


def change_everything(version: int) -> None:
    site = SiteSettings.load()
    site.name = f"Les Riverains {version}"
    site.save()
    changes.note_change([])
    connections.close_all()


def killed_worker(version: int, patience: float) -> None:
    """One worker that bakes a new version of every page, killed soon after the first new file."""
    before = FIRST.stat().st_mtime_ns
    change_everything(version)
    worker = os.fork()
    if not worker:
        work()
        os._exit(0)
    until = time.monotonic() + 60
    while FIRST.stat().st_mtime_ns == before and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(patience)
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)


def main(rounds: int) -> None:
    random.seed(1)
    bake.bake_all()
    Change.objects.all().delete()
    urls = [
        row.path
        for row in BakedFile.objects.filter(error="")
        if (settings.BAKED_ROOT / file_name(row.path)).exists()
    ]
    connections.close_all()
    (over, stop), (told, report) = os.pipe(), os.pipe()
    reader = os.fork()
    if not reader:
        os.close(stop)
        read_until(over, report, urls)
        os._exit(0)
    torn, missing, unfinished = [], [], 0
    for version in range(rounds):
        killed_worker(version, random.uniform(0, 0.15))
        torn += torn_files()
        missing += [url for url in urls if not (settings.BAKED_ROOT / file_name(url)).exists()]
        unfinished += bool(list(settings.BAKED_ROOT.rglob(".unfinished-*")))
    os.close(stop)
    os.waitpid(reader, 0)
    bake.bake_waiting()
    pages = [file for file in settings.BAKED_ROOT.rglob("*.html") if "Riverains" in file.read_text()]
    print(json.dumps({
        "kills": rounds, "pages": len(urls), "torn": torn, "missing": missing, "kills in the act": unfinished,
        "read": json.loads(os.read(told, 4096)),
        "old": [str(file) for file in pages if f"Riverains {rounds - 1}" not in file.read_text()],
        "left over": len(list(settings.BAKED_ROOT.rglob(".unfinished-*"))),
    }))  # fmt: skip


def file_name(url: str) -> str:
    return f"{url}index.html".lstrip("/") if url.endswith("/") else url.lstrip("/")


if __name__ == "__main__":
    main(int(sys.argv[1]))
