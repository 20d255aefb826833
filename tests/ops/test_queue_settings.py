"""The task queue's settings, as the running application has them."""

import ast

from config.celery import app
from config.settings import CELERY_BROKER_TRANSPORT_OPTIONS, CELERY_TASK_TIME_LIMIT
from tests.ops.installation import ROOT

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
