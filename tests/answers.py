"""What a build answers, as files: for holding a restructuring against the build before it.

    python tests/answers.py write OUT [--build CHECKOUT] [--iowa FOLDER]
    python tests/answers.py compare BEFORE AFTER

``write`` runs a checkout of this repository, by default this one, on the demonstration region (and on the
published tables of Iowa where their folder is given): the exported market and target tables, visit plans
with a fixed number of steps, what the import understands of every file of this checkout's corpus, and the
figures of each page. ``compare`` names every difference and fails where there is one; columns that only the
later build exports are listed apart.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TERMINALS = "2000"
STEPS = 20_000
REPS = 3
PAGES = (
    *("overview.py", "market_map.py", "terminal_map.py", "quadrant.py", "number_one.py", "allocation.py"),
    *("customers.py", "terminals.py", "customer_card.py", "visit_plan.py", "data_files.py", "settings.py"),
)
# What differs between two runs of one build: signed addresses, times of day, names of files.
PASSING = re.compile(r"[\w-]+\.[\w-]{5,}\.[\w-]{20,}|\d\d:\d\d(:\d\d)?|[0-9a-f]{32,}|/tmp/[\w./-]*")


def run(build: Path, *arguments: str) -> None:
    """Run a command of a checkout."""
    environment = os.environ | {"PYTHONPATH": str(build), "SHENGENG_LANGUAGE": "zh_CN"}
    subprocess.run(
        [sys.executable, *arguments], cwd=build, env=environment, check=True, stdout=subprocess.PIPE
    )


def write(out: Path, build: Path, iowa: Path | None) -> None:
    """Write everything a checkout answers into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    store = out / "demonstration.duckdb"
    run(build, "-m", "core", "sample", "--store", str(store), "--terminals", TERMINALS, "--replace")
    for language in ("zh_CN", "en"):
        file = str(out / f"market-{language}.csv")
        run(
            build,
            "-m",
            "core",
            "export",
            "market",
            "--store",
            str(store),
            "--language",
            language,
            "--out",
            file,
        )
    run(build, __file__, "visits", str(store), str(out / "visits.csv"))
    run(build, __file__, "targets", str(store), str(out / "targets.csv"))
    run(build, __file__, "pages", str(store), str(out / "pages.json"))
    run(ROOT, __file__, "corpus-files", str(out / "corpus"))
    run(build, __file__, "corpus", str(store), str(out / "corpus.json"))
    if iowa:
        facts, real = out / "iowa", out / "iowa.duckdb"
        run(ROOT, str(ROOT / "benchmarks" / "iowa.py"), str(iowa), str(facts))
        files = [str(path) for path in sorted(facts.iterdir())]
        run(build, "-m", "core", "import", "--store", str(real), *files)
        period = ("--self", "260", "--from", "2021-11", "--to", "2022-10", "--level", "county")
        run(
            build,
            "-m",
            "core",
            "export",
            "market",
            "--store",
            str(real),
            *period,
            "--out",
            str(out / "iowa.csv"),
        )
        run(build, __file__, "pages", str(real), str(out / "iowa-pages.json"))


def write_visits(store: str, out: str) -> None:
    """Plan the visits of the first reps with a fixed number of steps."""
    from core.__main__ import main
    from core.visits import runner

    before = runner.Effort.__post_init__

    def fixed(effort: Any) -> None:
        object.__setattr__(effort, "seconds", None)
        object.__setattr__(effort, "iterations", STEPS)
        before(effort)

    runner.Effort.__post_init__ = fixed
    reps = [row for (row,) in _query(store, "SELECT DISTINCT employee_id FROM visit ORDER BY 1")][:REPS]
    for number, rep in enumerate(reps):
        file = out.replace(".csv", f"-{number}.csv")
        assert (
            main(["plan-visits", "--store", store, "--employee", rep, "--weeks", "2", "--fit", "--out", file])
            == 0
        )


def write_targets(store: str, out: str) -> None:
    """Plan a year and export it."""
    from core.__main__ import main

    assert main(["plan-targets", "--store", store, "--year", "2027", "--target", "1500000000"]) == 0
    ((plan,),) = _query(store, "SELECT MAX(plan_id) FROM target_plan")
    assert main(["export", "targets", "--store", store, "--plan", plan, "--out", out]) == 0


def write_corpus_files(out: str) -> None:
    """Write the files of this checkout's corpus."""
    from tests.core.exchange.corpus.whole_files import CASES as BOOKS
    from tests.core.exchange.readers.test_corpus import CASES

    folder = Path(out)
    folder.mkdir(exist_ok=True)
    for case in CASES:
        case.write(folder / case.name)
    for book in BOOKS:
        book.write(folder)


def write_corpus(store: str, out: str) -> None:
    """Understand every file of the corpus and keep what came of it."""
    from contextlib import redirect_stderr, redirect_stdout
    from io import StringIO

    from core.__main__ import main

    result = {}
    for file in sorted((Path(out).parent / "corpus").iterdir()):
        said = StringIO()
        mapping = Path(out).parent / "mapping.toml"
        mapping.unlink(missing_ok=True)
        with redirect_stdout(said), redirect_stderr(said):
            code = main(["understand", str(file), "--store", store, "--out", str(mapping)])
        kept = mapping.read_text("utf-8") if mapping.exists() else ""
        result[file.name] = [code, _steady(said.getvalue()), _steady(kept)]
    Path(out).write_text(json.dumps(result, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")


def write_pages(store: str, out: str) -> None:
    """Open every page without a browser and keep its tables, charts and texts."""
    os.environ["SHENGENG_STORE"] = store
    from streamlit.testing.v1 import AppTest

    result: dict[str, Any] = {}
    for page in PAGES:
        app = AppTest.from_file(str(Path.cwd() / "pages" / "_shell.py"), default_timeout=300).run()
        app.switch_page(page).run()
        assert not app.exception, (page, app.exception)
        result[page] = {
            "texts": [_steady(str(element.value)) for element in app.markdown],
            "tables": [_steady(element.value.to_csv()) for element in app.dataframe],
            "charts": [_steady(chart.proto.spec) for chart in app.get("plotly_chart")],
        }
    Path(out).write_text(json.dumps(result, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")


def _query(store: str, text: str) -> list[tuple[Any, ...]]:
    import duckdb

    with duckdb.connect(store) as connection:
        return list(connection.execute(text).fetchall())


def _steady(text: str) -> str:
    return PASSING.sub("~", text)


def compare(before: Path, after: Path) -> int:
    """Print what differs between two folders of answers; the number of differences."""
    import pandas as pd

    differences = 0
    for file in sorted([*before.glob("*.csv"), *before.glob("*.json")]):
        other = after / file.name
        if file.suffix == ".csv":
            old, new = (pd.read_csv(path, dtype=str) for path in (file, other))
            added = [column for column in new.columns if column not in old.columns]
            same = old.equals(new.reindex(columns=old.columns))
            print(f"{file.name}: {'same' if same else 'DIFFERENT'}; added: {', '.join(added) or 'none'}")
            differences += not same
            continue
        old, new = (json.loads(path.read_text("utf-8")) for path in (file, other))
        wrong = [name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
        print(
            f"{file.name}: {len(old) - len(wrong)} of {len(old)} same", f"DIFFERENT: {wrong}" if wrong else ""
        )
        differences += len(wrong)
    return differences


def main() -> None:
    """Run one of the two commands, or a part of the first."""
    parts = {
        "visits": write_visits,
        "targets": write_targets,
        "corpus-files": write_corpus_files,
        "corpus": write_corpus,
        "pages": write_pages,
    }
    if sys.argv[1:2] and sys.argv[1] in parts:
        parts[sys.argv[1]](*sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write")
    writing.add_argument("out", type=Path)
    writing.add_argument("--build", type=Path, default=ROOT)
    writing.add_argument("--iowa", type=Path)
    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    options = parser.parse_args()
    if options.command == "write":
        write(options.out.resolve(), options.build.resolve(), options.iowa and options.iowa.resolve())
    else:
        sys.exit(min(compare(options.before, options.after), 1))


if __name__ == "__main__":
    main()
