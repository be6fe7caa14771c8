"""More than 300 hostile and odd files, each uploaded as the page does it, beside another session's questions.

    python benchmarks/hostile_files.py [--only PART] [--language zh_CN]

A server process holds the demonstration region and answers the market report of another session over and
over, while one file after the other is uploaded. Printed per file: how it ended (loaded, asked, refused),
seconds, the most memory that the server and the process that read the file held, the longest answer of the
other session, and the sentence. Goals: no file ends the server, none takes more than 30 s or 1 GB, all end in
a sentence without a place of the server, or in a load.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SECONDS, MEGABYTES = 30.0, 1024


def serve(folder: Path, names: list[str], language: str) -> None:
    """Upload files one after the other and print a line of JSON for each."""
    from core.i18n import use_language
    from core.store.database import Store
    from tests.core.exchange.hostile.collection import collection
    from tests.core.exchange.hostile.uploading import upload

    makers = collection()
    with Store.open(folder / "market.duckdb", create=False) as store:
        session = OtherSession(store)
        peaks = Peaks()
        for name in names:
            path = folder / "uploads" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(makers[name]())
            print(json.dumps({"begun": name}), flush=True)
            use_language(language)
            session.begin()
            peaks.begin()
            begun = time.perf_counter()
            ending = upload(store, path)
            seconds = time.perf_counter() - begun
            line = {
                "name": name,
                "way": ending.way,
                "sentence": ending.sentence,
                "helpful": ending.is_helpful(folder),
                "seconds": seconds,
                "server": peaks.own() / 2**20,
                "reader": peaks.others() / 2**20,
                "answer": session.longest,
                "failure": session.failure,
            }
            print(json.dumps(line), flush=True)
            path.unlink()
        session.end()


class OtherSession:
    """Somebody who looks at the market all the time."""

    def __init__(self, store: Any) -> None:  # noqa: ANN401 - imported only where it is served
        from core.reports.market.market import MarketRequest

        own = store.fetch("SELECT c.company_id AS id FROM company AS c WHERE c.is_self").to_pylist()[0]["id"]
        last = store.fetch("SELECT MAX(s.month) AS month FROM terminal_sales AS s").to_pylist()[0]["month"]
        self._request = MarketRequest(own, last.replace(year=last.year - 1), last, "county")
        self._store = store
        self._done = threading.Event()
        self.longest, self.failure = 0.0, ""
        self._thread = threading.Thread(target=self._ask, daemon=True)
        self._thread.start()

    def begin(self) -> None:
        """Forget what was measured."""
        self.longest, self.failure = 0.0, ""

    def end(self) -> None:
        """Stop asking."""
        self._done.set()
        self._thread.join()

    def _ask(self) -> None:
        from core.reports.market.market import market_report

        while not self._done.wait(0.2):
            begun = time.perf_counter()
            try:
                market_report(self._store, self._request)
            except Exception as error:
                self.failure = f"{type(error).__name__}: {error}"
            self.longest = max(self.longest, time.perf_counter() - begun)


class Peaks:
    """The most memory that this process, and those it started, held since it began."""

    def __init__(self) -> None:
        self._before, self._most = 0, 0
        threading.Thread(target=self._look, daemon=True).start()

    def begin(self) -> None:
        """Begin anew; what this process holds now doesn't count."""
        Path("/proc/self/clear_refs").write_text("5", "ascii")
        self._before, self._most = _resident("self", "VmRSS"), 0

    def own(self) -> int:
        """Return the bytes this process took on top."""
        return max(0, _resident("self", "VmHWM") - self._before)

    def others(self) -> int:
        """Return the bytes the largest process it started held."""
        return self._most

    def _look(self) -> None:
        while True:
            for file in Path("/proc/self/task").glob("*/children"):
                try:
                    for child in file.read_text("ascii").split():
                        self._most = max(self._most, _resident(child, "VmRSS"))
                except OSError:
                    continue
            time.sleep(0.02)


def _resident(process: str, field: str) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii")
        return int(status.split(f"{field}:")[1].split()[0]) * 1024
    except (OSError, IndexError):
        return 0


def run(folder: Path, names: list[str], language: str) -> list[dict[str, Any]]:
    """Serve all files; a file that ends the server is told, and the others are served by a new one."""
    lines: list[dict[str, Any]] = []
    left = list(names)
    while left:
        call = [sys.executable, __file__, "--serve", str(folder), "--language", language]
        process = subprocess.Popen(call, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(left))
        process.stdin.close()
        for text in process.stdout:
            line = json.loads(text)
            if "begun" in line:
                continue
            lines.append(line)
            left.remove(line["name"])
            show(line)
        if process.wait() and left:
            lines.append({"name": left[0], "way": "ENDED THE SERVER", "sentence": "", "helpful": False})
            print(f"{left.pop(0)}: ended the server with code {process.returncode}", flush=True)
    return lines


def show(line: dict[str, Any]) -> None:
    """Print the line of one file."""
    marks = "" if line["helpful"] else "  NO SENTENCE"
    marks += "  TOO LONG" if line["seconds"] > SECONDS else ""
    marks += "  TOO MUCH" if max(line["server"], line["reader"]) > MEGABYTES else ""
    marks += f"  OTHER SESSION: {line['failure']}" if line["failure"] else ""
    print(
        f"{line['name'][:52]:52} {line['way']:8} {line['seconds']:6.1f} s {line['server']:6.0f} MB"
        f" {line['reader']:6.0f} MB {line['answer']:5.1f} s{marks}  {line['sentence'][:110]}".replace(
            "\n", " "
        ),
        flush=True,
    )


def main() -> None:
    """Print a line per file and a summary."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="a part of the names")
    parser.add_argument("--language", default="en")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve, json.load(sys.stdin), options.language)
        return
    from core.sample import build_sample
    from tests.core.exchange.hostile.collection import collection

    names = [name for name in collection() if options.only in name]
    with tempfile.TemporaryDirectory() as place:
        build_sample(Path(place) / "market.duckdb", terminals=500, seed=1)
        lines = run(Path(place), names, options.language)
    ended = [line for line in lines if "seconds" in line]
    ways = Counter(line["way"] for line in lines)
    print(f"{len(lines)} files: " + ", ".join(f"{count} {way}" for way, count in ways.most_common()))
    for what, unit in (("seconds", "s"), ("server", "MB"), ("reader", "MB"), ("answer", "s")):
        worst = max(ended, key=lambda line: line[what])
        print(f"most {what}: {worst[what]:.1f} {unit} ({worst['name']})")
    print(f"without a sentence that helps: {sum(not line['helpful'] for line in lines)}")
    print(f"failures of the other session: {sum(bool(line['failure']) for line in ended)}")


if __name__ == "__main__":
    main()
