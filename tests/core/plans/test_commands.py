"""Plans from the command line."""

from __future__ import annotations

import shutil

from core.__main__ import main


def test_a_plan_is_made_and_exported(planned_file, tmp_path, capsys) -> None:
    """plan-targets names the plan it saved; export targets writes it."""
    path = tmp_path / "s.duckdb"
    shutil.copy(planned_file, path)
    made = [
        "plan-targets",
        "--store",
        str(path),
        "--year",
        "2027",
        "--target",
        "130000000",
        "--within",
        "990100",
    ]
    assert main([*made, "--weights", "region:history=1", "--language", "en"]) == 0
    assert "Plan 2027-01" in capsys.readouterr().out
    out = tmp_path / "plan.xlsx"
    assert main(["export", "targets", "--store", str(path), "--plan", "2027-01", "--out", str(out)]) == 0
    assert out.stat().st_size > 10_000


def test_a_wrong_weight_is_explained(planned_file, tmp_path, capsys) -> None:
    """The nearest factor is named."""
    path = tmp_path / "s.duckdb"
    shutil.copy(planned_file, path)
    made = ["plan-targets", "--store", str(path), "--year", "2027", "--target", "1", "--language", "en"]
    assert main([*made, "--weights", "region:histry=1"]) != 0
    assert "Did you mean history" in capsys.readouterr().err


def test_failed_checks_are_asked_about(planned_file, tmp_path, capsys) -> None:
    """--submit leaves a draft with exit code 3 while checks fail; --despite-failed-checks submits it."""
    path = tmp_path / "s.duckdb"
    shutil.copy(planned_file, path)
    made = ["plan-targets", "--store", str(path), "--year", "2027", "--target", "130000000"]
    made += ["--within", "990100", "--language", "en", "--submit"]
    assert main(made) == 3
    shown = capsys.readouterr()
    assert "Results follow from improvement" in shown.out
    assert "Not submitted" in shown.err
    assert main([*made, "--despite-failed-checks"]) == 0
    assert "Plan 2027-02 is submitted" in capsys.readouterr().out
