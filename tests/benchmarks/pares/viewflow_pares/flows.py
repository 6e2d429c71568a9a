"""W1 and W2 as Viewflow draws them: in Python. Without the timer on the boundary, which is less work for it."""

from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.models import Process


def anotar(**datos):
    """A script: data of the case, saved."""

    def hacer(activation):
        vistos = activation.process.data
        vistos.update({clave: de(vistos) for clave, de in datos.items()})
        activation.process.save()

    return hacer


def vista(request):
    """A human task has to have a page."""


def flujo(nombre, a_la_vez):
    """One step, the gateway, another, the tasks `a_la_vez` in parallel, and the last step."""
    split = flow.Split()
    for tarea in a_la_vez:
        split = split.Next(getattr(this, tarea))
    nodos = {tarea: flow.View(vista).Next(this.join) for tarea in a_la_vez}
    nodos |= {
        "__module__": __name__,
        "process_class": Process,
        "lock_impl": lock.select_for_update_lock,
        "start": flow.StartHandle().Next(this.A),
        "A": flow.View(vista).Next(this.score),
        "score": flow.Function(anotar(score=lambda d: d["monto"])).Next(this.gw),
        "gw": (
            flow.Switch()
            .Case(this.t_high, cond=lambda act: act.process.data["score"] > 40)
            .Case(this.t_mid, cond=lambda act: act.process.data["score"] > 20)
            .Default(this.t_low)
        ),
        "t_high": flow.Function(anotar(track=lambda _: "high")).Next(this.B),
        "t_mid": flow.Function(anotar(track=lambda _: "mid")).Next(this.B),
        "t_low": flow.Function(anotar(track=lambda _: "low")).Next(this.B),
        "B": flow.View(vista).Next(this.split),
        "split": split,
        "join": flow.Join().Next(this.E),
        "E": flow.View(vista).Next(this.fin),
        "fin": flow.Function(anotar(outcome=lambda d: d["track"])).Next(this.end),
        "end": flow.End(),
    }
    return type(flow.Flow)(nombre, (flow.Flow,), nodos)


W1 = flujo("W1", ("C", "D"))
W2 = flujo("W2", tuple(f"V{n}" for n in range(7)))
