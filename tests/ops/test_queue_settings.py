"""The task queue's settings, as the running application has them."""

import ast
import subprocess
import sys

from config.celery import app
from config.settings import CELERY_BROKER_TRANSPORT_OPTIONS, CELERY_TASK_TIME_LIMIT, EMAIL_TIMEOUT
from planning import mailing, standstill
from planning.documents import making
from planning.tasks import BELL_PATIENCE
from tests.ops.installation import ROOT, clean_environment

LONGEST_DELAY = 300  # seconds


def test_l03_the_clock_only_ticks_each_minute_in_utc():
    assert app.conf.timezone == "UTC"
    assert [(entry["schedule"], entry["task"]) for entry in app.conf.beat_schedule.values()] == [
        (60.0, "planning.tasks.tick")
    ]


def test_l03_a_tick_nobody_took_is_gone_before_the_next():
    (entry,) = app.conf.beat_schedule.values()
    assert entry["options"]["expires"] < entry["schedule"]


def is_short(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value <= LONGEST_DELAY


def test_l03_no_task_is_sent_for_later():
    """Due times live in rows. A countdown may bridge minutes, an ETA none: it can be delivered twice."""
    found = []
    for app_name in ("config", "accounts", "assessments", "planning"):
        for path in (ROOT / app_name).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if not isinstance(node, ast.Call):
                    continue
                for word in node.keywords:
                    if word.arg == "eta" or (word.arg == "countdown" and not is_short(word.value)):
                        found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def test_l04_a_task_is_given_back_when_its_worker_dies():
    assert app.conf.task_acks_late is True
    assert app.conf.task_reject_on_worker_lost is True
    assert app.conf.worker_prefetch_multiplier == 1


def test_l04_no_running_task_is_handed_out_again():
    assert 0 < app.conf.task_soft_time_limit < app.conf.task_time_limit
    assert app.conf.broker_transport_options["visibility_timeout"] >= 2 * app.conf.task_time_limit
    for task in app.tasks.values():
        assert (task.time_limit or 0) <= CELERY_TASK_TIME_LIMIT, f"{task.name} outlives the visibility timeout"


def test_l04_lost_work_is_looked_for_often():
    assert CELERY_BROKER_TRANSPORT_OPTIONS["unacked_restore_interval"] <= 10
    assert CELERY_BROKER_TRANSPORT_OPTIONS["unacked_restore_throttle"] == 1


def test_l04_workers_are_renewed_and_dead_connections_noticed():
    assert app.conf.worker_max_tasks_per_child == 50
    options = app.conf.broker_transport_options
    assert 0 < options["socket_timeout"] <= 30
    assert 0 < options["health_check_interval"] <= 30


def test_l04_tasks_are_told_in_json_only():
    assert app.conf.task_serializer == "json"
    assert app.conf.accept_content == ["json"]


def test_l04_a_worker_waits_for_its_broker_for_ever():
    """Celery's default gives up after a hundred attempts, which is less than an hour; the worker then ends."""
    assert app.conf.broker_connection_retry_on_startup is True
    assert app.conf.broker_connection_max_retries is None


def test_l04_all_that_waits_for_others_ends_before_the_soft_limit():
    options = app.conf.broker_transport_options
    for seconds in (options["socket_timeout"], options["socket_connect_timeout"], EMAIL_TIMEOUT):
        assert seconds < app.conf.task_soft_time_limit


def test_l04_a_worker_that_died_is_noticed_before_its_work_counts_as_late():
    """Redelivered after the visibility timeout and one look; five minutes are what a job may wait."""
    options = app.conf.broker_transport_options
    noticed = options["visibility_timeout"] + options["unacked_restore_interval"] * options["unacked_restore_throttle"]
    assert noticed < standstill.LATE.total_seconds()
    assert making.STUCK_AFTER < standstill.LATE


def test_l06_a_request_that_rings_waits_less_than_a_second_for_the_broker():
    assert BELL_PATIENCE["socket_connect_timeout"] + BELL_PATIENCE["socket_timeout"] < 1
    assert BELL_PATIENCE["max_retries"] == 0
    assert app.conf.task_publish_retry is False


def test_l02_a_task_given_back_for_ever_is_ended_by_the_attempts_counted_in_its_row():
    """With `reject_on_worker_lost` the queue hands a task that kills its worker out again without end."""
    assert app.conf.task_reject_on_worker_lost is True
    assert making.MAX_ATTEMPTS == mailing.MOST_FAILURES_OF_OURS == 3


def test_the_settings_of_the_faults_keep_the_relations_of_the_real_ones(tmp_path):
    """Read in a process of its own: settings are of a process."""
    code = (
        "from tests.ops.quick.settings import *\n"
        "print(CELERY_TASK_SOFT_TIME_LIMIT < CELERY_TASK_TIME_LIMIT,"
        " CELERY_BROKER_TRANSPORT_OPTIONS['visibility_timeout'] >= 2 * CELERY_TASK_TIME_LIMIT,"
        " EMAIL_TIMEOUT < CELERY_TASK_SOFT_TIME_LIMIT)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=clean_environment(HOLDFAST_DATA=str(tmp_path), PYTHONPATH=str(ROOT)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.stdout.split() == ["True"] * 3, done.stderr
