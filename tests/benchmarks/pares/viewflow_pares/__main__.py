"""Plays as it is told: a line of JSON in (`caso`, `casos`), a line of JSON out (`segundos`, `pasos`, `bytes`).

Argument: the settings of the database as Django has them, in JSON.
"""

import json
import sys
import time

import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "viewflow",
        "viewflow.workflow",
        "viewflow_pares",
    ],
    DATABASES={"default": json.loads(sys.argv[1])},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    SECRET_KEY="de nadie",
    USE_TZ=True,
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from viewflow.workflow.models import Task  # noqa: E402

from viewflow_pares.flows import W1, W2  # noqa: E402

FLUJOS = {"w1": W1, "w2": W2}
FINAL, MONTO = "mid", 30


class Peticion:
    """What an activation asks of a request: who."""

    def __init__(self, user):
        self.user = user


def paso(tarea_id, peticion):
    """Complete one task by its id, as a view of Viewflow does; the open tasks it leaves."""
    tarea = Task.objects.get(pk=tarea_id)
    with tarea.activation() as activation:
        activation.assign(peticion.user)
        activation.start(peticion)
        if tarea.flow_task.name == "A":
            activation.process.data["monto"] = MONTO
            activation.process.save()
        activation.execute()
    return activation.process


def abiertas(proceso_id):
    """Its human tasks: what the inbox of its users shows."""
    humanas = Task.objects.filter(process_id=proceso_id, flow_task_type="HUMAN", status="NEW")
    return list(humanas.order_by("pk").values_list("pk", flat=True))


def jugar(caso, casos, peticion):
    """That many cases from end to end. Finding the open tasks is not counted."""
    pasos, total = [], 0.0
    for _ in range(casos):
        antes = time.perf_counter()
        proceso = FLUJOS[caso].start.run()
        total += time.perf_counter() - antes
        while pendientes := abiertas(proceso.pk):
            antes = time.perf_counter()
            proceso = paso(pendientes[0], peticion)
            pasos.append(time.perf_counter() - antes)
            total += pasos[-1]
        proceso.refresh_from_db()
        assert proceso.data["outcome"] == FINAL
        assert proceso.finished is not None
    return {"segundos": total, "pasos": pasos, "bytes": 0}


def preparar():
    """Tables, and who does everything. SQLite as ours: WAL, each commit waits for the disk."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
    call_command("migrate", verbosity=0)
    return Peticion(User.objects.get_or_create(username="ana")[0])


if __name__ == "__main__":
    quien = preparar()
    for linea in sys.stdin:
        orden = json.loads(linea)
        sys.stdout.write(json.dumps(jugar(orden["caso"], orden["casos"], quien)) + "\n")
        sys.stdout.flush()
