"""Long work in the background."""

from __future__ import annotations

import threading

from core.errors import CancelledError, InputError
from core.i18n import _, language
from pages._ui.jobs import Job


def run(work) -> Job:
    """Run a job to its end."""
    job = Job(work).start()
    assert job.done.wait(10)
    return job


def test_a_job_gives_its_result_and_its_last_step() -> None:
    """The result and what was reported last can be read when it is done."""

    def work(watch) -> int:
        watch.step(0.5, "half")
        return 42

    job = run(work)
    assert (job.result, job.error, job.share, job.text) == (42, None, 0.5, "half")


def test_a_refusal_is_kept_in_words() -> None:
    """An error of the product is kept as it is: its message and its hint are for the user."""

    def work(_watch) -> None:
        raise InputError("wrong", "right")

    error = run(work).error
    assert error is not None
    assert (error.message, error.hint) == ("wrong", "right")


def test_a_mistake_of_the_program_becomes_a_sentence() -> None:
    """Whatever else is raised ends the job with a sentence, too."""
    error = run(lambda _watch: 1 / 0).error
    assert error is not None
    assert error.message.startswith("The work failed")


def test_a_job_is_stopped_by_the_user() -> None:
    """Cancelling ends the work at its next step, and that is no failure."""
    started = threading.Event()

    def work(watch) -> None:
        started.set()
        while True:
            watch.step(0.1, "still at it")

    job = Job(work).start()
    assert started.wait(10)
    job.cancel()
    assert job.done.wait(10)
    assert job.cancelled
    assert isinstance(job.error, CancelledError)


def test_a_job_speaks_the_language_of_who_started_it() -> None:
    """The thread of the work knows nothing of the session, but its words are the session's."""
    with language("zh_CN"):
        job = Job(lambda _watch: _("Data")).start()
    assert job.done.wait(10)
    assert job.result == "数据"
