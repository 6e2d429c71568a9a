"""Small diagrams for the tests of the engine."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from workflow.engine import Catalog, Definition, Instance

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:den="https://denuncias.mx/bpmn" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'id="defs" targetNamespace="urn:prueba">\n'
)


def flows(*chains: str) -> str:
    """``"a > b > c"`` gives two flows; ``"a -x-> b"`` a conditional one labelled by its condition."""
    lines = []
    for chain in chains:
        parts = chain.split(" > ") if " > " in chain else None
        if parts is not None:
            pairs = [(a, b, None) for a, b in pairwise(parts)]
        else:
            source, rest = chain.split(" -", 1)
            condition, target = rest.split("-> ")
            pairs = [(source, target, condition)]
        for source, target, condition in pairs:
            name = f"{source}_a_{target}"
            inner = ""
            label = ""
            if condition is not None:
                text = condition.replace("<", "&lt;")
                inner = (
                    '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
                    f"{text}</bpmn:conditionExpression>"
                )
                label = f' name="{text}"'
            lines.append(
                f'<bpmn:sequenceFlow id="{name}"{label} sourceRef="{source}" targetRef="{target}">'
                f"{inner}</bpmn:sequenceFlow>"
            )
    return "\n".join(lines)


def node(kind: str, name: str, inner: str = "", **attributes: str) -> str:
    rest = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<bpmn:{kind} id="{name}" name="{name.capitalize()}"{rest}>{inner}</bpmn:{kind}>'


def user(name: str, inner: str = "", **props: str) -> str:
    values = {"formulario": name, "operacion": name} | props
    written = " ".join(f'{key}="{value}"' for key, value in values.items())
    extension = f"<bpmn:extensionElements><den:nodo {written}/></bpmn:extensionElements>"
    return node("userTask", name, extension + inner)


def service(name: str, **props: str) -> str:
    values = {"operacion": name} | props
    written = " ".join(f'{key}="{value}"' for key, value in values.items())
    return node(
        "serviceTask", name, f"<bpmn:extensionElements><den:nodo {written}/></bpmn:extensionElements>"
    )


def timer(key: str) -> str:
    return (
        '<bpmn:timerEventDefinition><bpmn:timeDate xsi:type="bpmn:tFormalExpression">'
        f'plazo("{key}")</bpmn:timeDate></bpmn:timerEventDefinition>'
    )


def message(name: str) -> str:
    return f'<bpmn:messageEventDefinition messageRef="msg_{name}"/>'


def error(code: str) -> str:
    return f'<bpmn:errorEventDefinition errorRef="err_{code}"/>'


def multi(items: str = "lista", condition: str = "", sequential: str = "false") -> str:
    early = f"<bpmn:completionCondition>{condition}</bpmn:completionCondition>" if condition else ""
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{sequential}">'
        f"<bpmn:loopDataInputRef>{items}</bpmn:loopDataInputRef>"
        "<bpmn:loopDataOutputRef>votos</bpmn:loopDataOutputRef>"
        '<bpmn:inputDataItem id="in_asiento" name="asiento"/>'
        f'<bpmn:outputDataItem id="out_voto" name="voto"/>{early}'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


def lane(role: str, *names: str) -> str:
    inside = "".join(f"<bpmn:flowNodeRef>{name}</bpmn:flowNodeRef>" for name in names)
    return (
        f'<bpmn:laneSet id="carriles_{role}"><bpmn:lane id="carril_{role}" name="{role.capitalize()}">'
        f"{inside}</bpmn:lane></bpmn:laneSet>"
    )


def process(*parts: str, name: str = "caso", **attributes: str) -> str:
    rest = "".join(f' {key}="{value}"' for key, value in attributes.items())
    inside = "\n".join(parts)
    return f'<bpmn:process id="{name}" isExecutable="true"{rest}>\n{inside}\n</bpmn:process>'


def file(*processes: str, messages: Iterable[str] = (), errors: Iterable[str] = ()) -> bytes:
    heads = [f'<bpmn:message id="msg_{name}" name="{name}"/>' for name in messages]
    heads += [f'<bpmn:error id="err_{code}" name="{code}" errorCode="{code}"/>' for code in errors]
    return (HEAD + "\n".join([*heads, *processes]) + "\n</bpmn:definitions>").encode()


START, END = node("startEvent", "inicio"), node("endEvent", "fin")


def load(content: bytes, name: str = "caso") -> Definition:
    return Catalog().load(name, {f"{name}.bpmn": content})


def open_ids(instance: Instance) -> list[str]:
    return sorted(task.node.id for task in instance.open_tasks())


def do(instance: Instance, name: str, **decisions: object) -> None:
    """Completes the first open task of that name and advances."""
    task = next(task for task in instance.open_tasks() if task.node.id == name)
    instance.complete(task.id, decisions)
    instance.advance()
