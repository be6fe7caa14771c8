"""Where uploaded files are saved."""

from __future__ import annotations

from pages._ui.data.upload import free_path


def test_two_files_of_one_name_both_stay(tmp_path):
    """The second gets a number, as a second download does, and the first is not written over."""
    for folder in ("east", "west"):
        free_path(tmp_path, "销售.xlsx").write_text(folder)
    assert (tmp_path / "销售.xlsx").read_text() == "east"
    assert (tmp_path / "销售 (2).xlsx").read_text() == "west"


def test_a_name_too_long_for_the_file_system_is_cut(tmp_path):
    """A Chinese name of 255 characters needs 765 bytes; its ending stays."""
    path = free_path(tmp_path, "销" * 250 + ".xlsx")
    path.write_text("")
    assert path.suffix == ".xlsx"
    assert set(path.stem) == {"销"}


def test_a_path_in_a_name_leads_nowhere(tmp_path):
    """Only what stands behind the last stroke of either kind counts."""
    assert free_path(tmp_path, "../a\\b/sales.csv") == tmp_path / "sales.csv"
    assert free_path(tmp_path, "..").parent == tmp_path
