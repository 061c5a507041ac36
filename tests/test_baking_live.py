"""From publishing to what a reader gets, through the running processes."""

import subprocess
import sys
import time

from e2e.running_site import REPOSITORY, wait_for
from tests.processes import Up, environment_for

TITLE = "Trois cents personnes pour la rivière"


def test_a_published_article_is_read_everywhere_within_two_seconds(home):
    with Up(home) as up:
        up.wait_for("Ctrl-C stops it.")
        wait_for((home / "baked" / "actualite" / "flux.rss").exists, what="the first baking")
        before = {
            path: up.ask(path).headers["ETag"]
            for path in ("/", "/actualite/", "/flux.rss", "/actualite/flux.rss")
        }

        published = subprocess.run(
            [sys.executable, "-m", "tests.publisher", TITLE],
            cwd=REPOSITORY, env=environment_for(home), capture_output=True, text=True, check=True,
        )  # fmt: skip
        committed, article = published.stdout.split()
        paths = [article, *before]
        took = {}
        for path in paths:
            file = home / "baked" / (f"{path}index.html" if path.endswith("/") else path).lstrip("/")
            wait_for(lambda file=file: file.exists() and TITLE in file.read_text(), what=str(file))
            took[path] = file.stat().st_mtime - (time.time() - time.monotonic()) - float(committed)
        answers = {
            path: up.ask(path, headers={"If-None-Match": before.get(path, '"none"')}) for path in paths
        }

    assert {path: answer.status for path, answer in answers.items()} == dict.fromkeys(paths, 200)
    assert all(TITLE in answer.content.decode() for answer in answers.values())
    assert max(took.values()) < 2, took
