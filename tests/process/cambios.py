"""Changes of a diagram that meet cases in flight: seventeen insertions, and what may not be done to an open case."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from typing import Any

from tests.process.azar import HEAD
from tests.process.oraculo_lectura import NS

NEW = "nueva"
"""Id of what a change adds."""


TIMER = (
    '<bpmn:timerEventDefinition><bpmn:timeDate>plazo("p_nuevo")</bpmn:timeDate></bpmn:timerEventDefinition>'
)


class Drawing:
    """A diagram being edited. Its drawing and the lists of flows of its nodes are left out."""

    def __init__(self, content: bytes) -> None:
        self.root = ElementTree.fromstring(content)
        for tag in ("incoming", "outgoing"):
            for element in list(self.root.iter(f"{NS}{tag}")):
                self.parent(element).remove(element)

    def find(self, name: str) -> Any:
        return next(element for element in self.root.iter() if element.get("id") == name)

    def parent(self, element: Any) -> Any:
        return next(parent for parent in self.root.iter() if element in list(parent))

    def drop(self, *names: str) -> None:
        """Nodes with their flows."""
        for name in names:
            for element in list(self.root.iter()):
                if name in (element.get("id"), element.get("sourceRef"), element.get("targetRef")):
                    self.parent(element).remove(element)

    def beside(self, name: str, text: str) -> None:
        """Adds elements to the process or sub-process of a node."""
        scope = self.parent(self.find(name))
        scope.extend(list(ElementTree.fromstring(f"{HEAD}{text}</bpmn:definitions>".split("?>", 1)[1])))

    def flow(self, source: str, target: str) -> str:
        name = f"{source}_a_{target}"
        return f'<bpmn:sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}"/>'

    def bytes(self) -> bytes:
        return ElementTree.tostring(self.root)


def insert_task(content: bytes, flow: str) -> bytes:
    """A task for a person in the middle of a flow, as a modeller draws it: the flow now ends at the task."""
    drawing = Drawing(content)
    cut = drawing.find(flow)
    target = cut.get("targetRef")
    cut.set("targetRef", NEW)
    drawing.beside(flow, f'<bpmn:userTask id="{NEW}" name="{NEW}"/>{drawing.flow(NEW, target)}')
    return drawing.bytes()


def flows_of(content: bytes) -> list[str]:
    """Flows in which a task may be inserted: not those of an event gateway, which must meet events."""
    root = ElementTree.fromstring(content)
    choosers = {element.get("id") for element in root.iter(f"{NS}eventBasedGateway")}
    flows = root.iter(f"{NS}sequenceFlow")
    return [flow.get("id", "") for flow in flows if flow.get("sourceRef") not in choosers]


INSERTIONS = (
    ("subproceso", "f_alta_cero_n"),  # at the top, before a loop
    ("subproceso", "f_e_A_e_split"),  # in a live sub-process, before its branches
    ("subproceso", "f_e_B_e_join"),  # at the end of a branch
    ("subproceso", "f_estudio_cuenta_n"),  # after a live sub-process
    ("subproceso", "f_sale_n"),  # after a loop
    ("llamada1", "f_h_join_h_D"),  # in a called process, after its join
    ("llamada1", "f_informe_cuenta_n"),  # after the call
    ("borde_plazo_corta", "f_plazo_sub_tras_plazo_sub"),  # on the road of a boundary event
    ("borde_plazo_corta", "f_m_tarea_cierra"),  # before a join, where two roads of a branch meet
    ("evsub_mensaje_avisa", "f_baja_A_baja_B"),  # in an event sub-process
    ("puerta_eventos", "f_llega_contestado"),  # after an event gateway
    ("mi_paralela", "f_votar_acta"),  # after a parallel multi-instance
    ("mi_secuencial_sub", "f_r_D_r_fin"),  # in each round of a sequential one
    ("mi_secuencial_sub", "f_ronda_acta"),  # after it
    ("mi_de_llamada", "f_h_A_h_split"),  # in a process called for each element
    ("inclusiva", "f_Q_Q2"),  # in a branch of an inclusive block
    ("recursiva", "f_j_Z"),  # in every level of a process that calls itself
)


def _edit(edit: Callable[[Drawing], Any]) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        drawing = Drawing(content)
        edit(drawing)
        return drawing.bytes()

    return change


def _rename(old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(f'"{old}"'.encode(), f'"{new}"'.encode())


def _bypass(task: str, source: str, target: str) -> Callable[[bytes], bytes]:
    def edit(drawing: Drawing) -> None:
        drawing.beside(task, drawing.flow(source, target))
        drawing.drop(task)

    return _edit(edit)


def _branch(split: str, join: str) -> Callable[[bytes], bytes]:
    def edit(drawing: Drawing) -> None:
        flows = drawing.flow(split, NEW) + drawing.flow(NEW, join)
        drawing.beside(split, f'<bpmn:userTask id="{NEW}" name="{NEW}"/>{flows}')

    return _edit(edit)


def _boundary(host: str, target: str) -> Callable[[bytes], bytes]:
    def edit(drawing: Drawing) -> None:
        caught = f'<bpmn:boundaryEvent id="{NEW}" attachedToRef="{host}">{TIMER}</bpmn:boundaryEvent>'
        drawing.beside(host, caught + drawing.flow(NEW, target))

    return _edit(edit)


def _listener(beside: str) -> Callable[[bytes], bytes]:
    def edit(drawing: Drawing) -> None:
        inside = (
            f'<bpmn:startEvent id="{NEW}_ini" isInterrupting="false">{TIMER}</bpmn:startEvent>'
            f'<bpmn:userTask id="{NEW}" name="{NEW}"/><bpmn:endEvent id="{NEW}_fin"/>'
            f"{drawing.flow(f'{NEW}_ini', NEW)}{drawing.flow(NEW, f'{NEW}_fin')}"
        )
        drawing.beside(
            beside, f'<bpmn:subProcess id="oye_{NEW}" triggeredByEvent="true">{inside}</bpmn:subProcess>'
        )

    return _edit(edit)


def _option(gateway: str, target: str) -> Callable[[bytes], bytes]:
    def edit(drawing: Drawing) -> None:
        flows = drawing.flow(gateway, NEW) + drawing.flow(NEW, target)
        caught = f'<bpmn:intermediateCatchEvent id="{NEW}">{TIMER}</bpmn:intermediateCatchEvent>'
        drawing.beside(gateway, caught + flows)

    return _edit(edit)


def _retag(name: str, kind: str) -> Callable[[bytes], bytes]:
    def edit(drawing: Drawing) -> None:
        drawing.find(name).tag = f"{NS}{kind}"

    return _edit(edit)


def _sequential(content: bytes) -> bytes:
    return content.replace(b'isSequential="false"', b'isSequential="true"')


EARS: tuple[tuple[str, str, Callable[[bytes], bytes]], ...] = (
    ("at the top", "evsub_mensaje_avisa", _listener("A")),
    ("where an interrupting one may have fired", "evsub_mensaje_corta", _listener("A")),
    ("in a live sub-process", "subproceso", _listener("e_A")),
    ("in a called process", "evsub_dentro", _listener("h_A")),
)
"""(where, shape, change): event sub-processes that open cases begin to hear when they move."""

BREAKAGES: tuple[tuple[str, str, Callable[[bytes], bytes]], ...] = (
    ("renamed task", "subproceso", _rename("e_D", "e_Z")),
    ("removed task", "mi_paralela", _bypass("acta", "votar", "fin")),
    ("retyped task", "subproceso", _retag("e_D", "serviceTask")),
    ("new branch", "subproceso", _branch("e_split", "e_join")),
    ("new branch of a block that comes back", "paralelo_bucle", _branch("s", "j")),
    ("exclusive join made parallel", "dos_fichas", _retag("m", "parallelGateway")),
    ("parallel join made inclusive", "subproceso", _retag("e_join", "inclusiveGateway")),
    ("new boundary", "borde_plazo_corta", _boundary("s_A", "s_D")),
    ("boundary removed", "borde_plazo_corta", _edit(lambda d: d.drop("plazo_tarea", "tras_plazo_tarea"))),
    ("called process renamed", "llamada1", _rename("hijo1", "hijo9")),
    ("another multi-instance", "mi_paralela", _sequential),
    ("listener removed", "evsub_mensaje_avisa", _edit(lambda d: d.drop("baja"))),
    ("new option of an event gateway", "puerta_eventos", _option("espera", "vencido")),
)
"""(what, shape, change): the rule must refuse these at the moments when they would break the case."""
