"""Random diagrams: nested mixes of everything that the shapes hold one by one."""

from __future__ import annotations

from random import Random

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="defs" targetNamespace="urn:azar">\n'
)
ERROR = '<bpmn:error id="err_x" name="x" errorCode="x"/>\n'


class Builder:
    """Nodes and flows of one process or sub-process."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self.lines: list[str] = []

    def node(self, kind: str, inner: str = "", **attributes: str) -> str:
        name = self.diagram.name(kind)
        rest = "".join(f' {key}="{value}"' for key, value in attributes.items())
        self.lines.append(f'<bpmn:{kind} id="{name}"{rest}>{inner}</bpmn:{kind}>')
        return name

    def flow(self, source: str, target: str, condition: str | None = None) -> str:
        name = self.diagram.name("flow")
        inner = ""
        if condition is not None:
            inner = (
                '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
                f"{condition}</bpmn:conditionExpression>"
            )
        ends = f'sourceRef="{source}" targetRef="{target}"'
        self.lines.append(f'<bpmn:sequenceFlow id="{name}" {ends}>{inner}</bpmn:sequenceFlow>')
        return name

    def script(self, text: str) -> str:
        return self.node("scriptTask", f"<bpmn:script>{text}</bpmn:script>")


KINDS = (
    *("task", "xor", "default", "service", "parallel", "parallel", "inclusive", "loop"),
    *("sub", "call", "crossing", "recursive", "multi", "multi_sub", "multi_call"),
    *("catch", "throw", "events", "border", "sub_border", "call_border", "failing", "cut", "quit"),
)
"""What a block may be; each has its method."""


class Diagram:
    """One random diagram. A block is a (first node, last node) pair with one way in and one out."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.count = 0
        self.processes: list[str] = []
        self.messages: list[str] = []
        self.process = f"azar_{seed}"
        self.body(self.process, self.random.randint(2, 3), top=True)

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind.lower()}_{self.count}"

    def body(self, process: str, depth: int, top: bool = False) -> None:
        if top and self.random.random() < 0.15:
            self.close(process, self._ended_by_one(depth))
            return
        builder = Builder(self)
        self.scope(builder, depth, listeners=True)
        self.close(process, builder)

    def close(self, process: str, builder: Builder, crossing: str = "") -> None:
        """A process is drawn."""
        lines = crossing + "\n".join(builder.lines)
        self.processes.append(f'<bpmn:process id="{process}" isExecutable="true">\n{lines}\n</bpmn:process>')

    def scope(self, builder: Builder, depth: int, listeners: bool = False) -> None:
        start, end = builder.node("startEvent"), builder.node("endEvent")
        first, last = self.sequence(builder, depth)
        builder.flow(start, first)
        builder.flow(last, end)
        if listeners and self.random.random() < 0.4:
            self.listener(builder)

    def sequence(self, builder: Builder, depth: int) -> tuple[str, str]:
        first, last = self.block(builder, depth)
        for _ in range(self.random.randint(0, 2)):
            following, end = self.block(builder, depth)
            builder.flow(last, following)
            last = end
        return first, last

    def block(self, builder: Builder, depth: int) -> tuple[str, str]:
        if depth <= 0:
            task = builder.node("userTask")
            return task, task
        kind = self.random.choice(KINDS)
        made: tuple[str, str] = getattr(self, f"_{kind}")(builder, depth - 1)
        return made

    def _task(self, builder: Builder, depth: int) -> tuple[str, str]:
        return self.block(builder, 0)

    def _xor(self, builder: Builder, depth: int) -> tuple[str, str]:
        task = builder.node("userTask")
        split, join = builder.node("exclusiveGateway"), builder.node("exclusiveGateway")
        builder.flow(task, split)
        choice = f"c_{self.count}"
        for condition in (choice, f"not {choice}"):
            first, last = self.sequence(builder, depth)
            builder.flow(split, first, condition)
            builder.flow(last, join)
        return task, join

    def _default(self, builder: Builder, depth: int) -> tuple[str, str]:
        """A gateway whose last flow is taken when nothing else holds."""
        task, split = builder.node("userTask"), self.name("exclusiveGateway")
        join = builder.node("exclusiveGateway")
        builder.flow(task, split)
        flows = []
        for condition in (f"d_1_{split}", f"d_2_{split}", None):
            first, last = self.sequence(builder, min(depth, 1))
            flows.append(builder.flow(split, first, condition))
            builder.flow(last, join)
        builder.lines.append(f'<bpmn:exclusiveGateway id="{split}" default="{flows[-1]}"/>')
        return task, join

    def _service(self, builder: Builder, depth: int) -> tuple[str, str]:
        """A verb decides; people follow, so that no two verbs of concurrent roads write in one step."""
        service = builder.node("serviceTask")
        split, join = builder.node("exclusiveGateway"), builder.node("exclusiveGateway")
        builder.flow(service, split)
        choice = f"v_{self.count}"
        for condition in (choice, f"not {choice}"):
            task = builder.node("userTask")
            builder.flow(split, task, condition)
            builder.flow(task, join)
        return service, join

    def _parallel(self, builder: Builder, depth: int) -> tuple[str, str]:
        split, join = builder.node("parallelGateway"), builder.node("parallelGateway")
        for _ in range(self.random.randint(2, 3)):
            first, last = self.sequence(builder, depth)
            builder.flow(split, first)
            builder.flow(last, join)
        return split, join

    def _inclusive(self, builder: Builder, depth: int) -> tuple[str, str]:
        task, split = builder.node("userTask"), self.name("inclusiveGateway")
        join = builder.node("inclusiveGateway")
        builder.flow(task, split)
        for number in range(self.random.randint(2, 3)):
            first, last = self.sequence(builder, depth)
            builder.flow(split, first, f"i_{number}_{split}")
            builder.flow(last, join)
        first, last = self.sequence(builder, 0)
        default = builder.flow(split, first)
        builder.flow(last, join)
        builder.lines.append(f'<bpmn:inclusiveGateway id="{split}" default="{default}"/>')
        return task, join

    def _loop(self, builder: Builder, depth: int) -> tuple[str, str]:
        counter = f"n_{self.count}"
        zero, count = builder.script(f"{counter} = 0"), builder.script(f"{counter} = {counter} + 1")
        merge, decide = builder.node("exclusiveGateway"), builder.node("exclusiveGateway")
        first, last = self.sequence(builder, depth)
        leave = builder.script("fuera = 1")
        builder.flow(zero, merge)
        builder.flow(merge, first)
        builder.flow(last, count)
        builder.flow(count, decide)
        builder.flow(decide, merge, f"{counter} &lt; {self.random.randint(2, 3)}")
        builder.flow(decide, leave, f"{counter} &gt;= 2 and not ({counter} &lt; 3) or {counter} == 2")
        return zero, leave

    def _sub(self, builder: Builder, depth: int, inner: str = "") -> tuple[str, str]:
        inside = Builder(self)
        self.scope(inside, depth, listeners=not inner)
        name = builder.node("subProcess", inner + "\n".join(inside.lines))
        return name, name

    def _call(self, builder: Builder, depth: int) -> tuple[str, str]:
        process = self.name("hijo")
        self.body(process, depth)
        name = builder.node("callActivity", calledElement=process)
        return name, name

    def _crossing(self, builder: Builder, depth: int) -> tuple[str, str]:
        """A call that says what crosses its border. An output that its exit did not set is taken from the caller."""
        process, inside = self.name("hijo"), Builder(self)
        first, last = self.sequence(inside, depth)
        inside.flow(inside.node("startEvent"), first)
        task, choice = inside.node("userTask"), inside.node("exclusiveGateway")
        outcome, name = f"sale_{process}", f"c_{self.count}"
        sets = inside.script(f"{outcome} = 5")
        inside.flow(last, task)
        inside.flow(task, choice)
        inside.flow(choice, sets, name)
        inside.flow(sets, inside.node("endEvent"))
        inside.flow(choice, inside.node("endEvent"), f"not {name}")
        inputs = "".join(f'<bpmn:dataInput id="{n}" name="{n}"/>' for n in ("monto", "aviso", "paso"))
        outputs = "".join(f'<bpmn:dataOutput id="o_{n}" name="{n}"/>' for n in (outcome, name))
        crossing = f"<bpmn:ioSpecification>{inputs}{outputs}</bpmn:ioSpecification>\n"
        self.close(process, inside, crossing)
        before = builder.script(f"{outcome} = 1")
        call = builder.node("callActivity", calledElement=process)
        builder.flow(before, call)
        return before, call

    def _recursive(self, builder: Builder, depth: int) -> tuple[str, str]:
        """A process that calls itself, between two parallel branches of its own."""
        process, inside = self.name("hijo"), Builder(self)
        task, choice = inside.node("userTask"), inside.node("exclusiveGateway")
        split, join = inside.node("parallelGateway"), inside.node("parallelGateway")
        again, beside = inside.node("callActivity", calledElement=process), inside.node("userTask")
        inside.flow(inside.node("startEvent"), task)
        inside.flow(task, choice)
        name = f"c_{self.count}"
        inside.flow(choice, split, name)
        for branch in (again, beside):
            inside.flow(split, branch)
            inside.flow(branch, join)
        inside.flow(join, inside.node("endEvent"))
        inside.flow(choice, inside.node("endEvent"), f"not {name}")
        self.close(process, inside)
        call = builder.node("callActivity", calledElement=process)
        return call, call

    def _characteristics(self, sequential: bool, condition: bool) -> str:
        number = self.count
        early = f"<bpmn:completionCondition>basta_{number}</bpmn:completionCondition>" if condition else ""
        return (
            f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">'
            f"<bpmn:loopDataInputRef>lista</bpmn:loopDataInputRef>"
            f"<bpmn:loopDataOutputRef>salen_{number}</bpmn:loopDataOutputRef>"
            f'<bpmn:inputDataItem id="cada_{number}" name="cada_{number}"/>'
            f'<bpmn:outputDataItem id="sale_{number}" name="sale_{number}"/>{early}'
            "</bpmn:multiInstanceLoopCharacteristics>"
        )

    def _listed(self, builder: Builder, activity: tuple[str, str]) -> tuple[str, str]:
        made = builder.script(f"lista = [{', '.join(str(n) for n in range(self.random.randint(0, 3)))}]")
        builder.flow(made, activity[0])
        return made, activity[1]

    def _multi(self, builder: Builder, depth: int) -> tuple[str, str]:
        loop = self._characteristics(self.random.random() < 0.4, self.random.random() < 0.6)
        name = builder.node("userTask", loop)
        return self._listed(builder, (name, name))

    def _multi_sub(self, builder: Builder, depth: int) -> tuple[str, str]:
        loop = self._characteristics(self.random.random() < 0.4, False)
        return self._listed(builder, self._sub(builder, min(depth, 1), loop))

    def _border(self, builder: Builder, depth: int) -> tuple[str, str]:
        name = builder.node("userTask")
        return self._attach(builder, name, depth)

    def _multi_call(self, builder: Builder, depth: int) -> tuple[str, str]:
        process = self.name("hijo")
        self.body(process, min(depth, 1))
        loop = self._characteristics(self.random.random() < 0.4, False)
        call = builder.node("callActivity", loop, calledElement=process)
        return self._listed(builder, (call, call))

    def _call_border(self, builder: Builder, depth: int) -> tuple[str, str]:
        call, _ = self._call(builder, min(depth, 1))
        return self._attach(builder, call, depth)

    def _catch(self, builder: Builder, depth: int) -> tuple[str, str]:
        """A message or a date in the middle of the road."""
        event = self._event(f"e_{self.count}", self.random.random() < 0.5)
        caught, task = builder.node("intermediateCatchEvent", event), builder.node("userTask")
        builder.flow(caught, task)
        return caught, task

    def _throw(self, builder: Builder, depth: int) -> tuple[str, str]:
        """A message that leaves the case."""
        thrown = builder.node("intermediateThrowEvent", self._event(f"va_{self.count}", timer=False))
        task = builder.node("userTask")
        builder.flow(thrown, task)
        return thrown, task

    def _sub_border(self, builder: Builder, depth: int) -> tuple[str, str]:
        name, _ = self._sub(builder, depth)
        return self._attach(builder, name, depth)

    def _event(self, key: str, timer: bool) -> str:
        if timer:
            return (
                f'<bpmn:timerEventDefinition id="t_{key}"><bpmn:timeDate>plazo("{key}")</bpmn:timeDate>'
                "</bpmn:timerEventDefinition>"
            )
        self.messages.append(f'<bpmn:message id="msg_{key}" name="{key}"/>')
        return f'<bpmn:messageEventDefinition id="m_{key}" messageRef="msg_{key}"/>'

    def _guarded(self, builder: Builder, inside: Builder, event: str, loop: str = "") -> tuple[str, str]:
        """A sub-process whose boundary event leads to a task of its own."""
        host = builder.node("subProcess", loop + "\n".join(inside.lines))
        caught = builder.node("boundaryEvent", event, attachedToRef=host)
        task, join = builder.node("userTask"), builder.node("exclusiveGateway")
        builder.flow(caught, task)
        builder.flow(task, join)
        builder.flow(host, join)
        return host, join

    def _branching(self, depth: int, bad: str) -> Builder:
        """Two branches inside; one may leave through ``bad`` while the other lives."""
        inside = Builder(self)
        start, split = inside.node("startEvent"), inside.node("parallelGateway")
        inside.flow(start, split)
        first, last = self.sequence(inside, depth)
        inside.flow(split, first)
        inside.flow(last, inside.node("endEvent"))
        task, choice = inside.node("userTask"), inside.node("exclusiveGateway")
        inside.flow(split, task)
        inside.flow(task, choice)
        name = f"c_{self.count}"
        inside.flow(choice, bad, name)
        inside.flow(choice, inside.node("endEvent"), f"not {name}")
        return inside

    def _failing(self, builder: Builder, depth: int) -> tuple[str, str]:
        """An error end, in a sub-process or in each of several."""
        bad = self.name("endEvent")
        inside = self._branching(depth, bad)
        inside.lines.append(
            f'<bpmn:endEvent id="{bad}"><bpmn:errorEventDefinition errorRef="err_x"/></bpmn:endEvent>'
        )
        several = self.random.random() < 0.5
        loop = self._characteristics(self.random.random() < 0.4, False) if several else ""
        catch = '<bpmn:errorEventDefinition errorRef="err_x"/>'
        made = self._guarded(builder, inside, catch, loop)
        return self._listed(builder, made) if several else made

    def _cut(self, builder: Builder, depth: int) -> tuple[str, str]:
        """An internal message thrown from inside the activity that it cuts."""
        throw, name = self.name("intermediateThrowEvent"), f"corte_{self.count}"
        event = self._event(name, timer=False)
        inside = self._branching(depth, throw)
        inside.lines.append(
            f'<bpmn:intermediateThrowEvent id="{throw}">{event}</bpmn:intermediateThrowEvent>'
        )
        after = inside.node("userTask")
        inside.flow(throw, after)
        inside.flow(after, inside.node("endEvent"))
        reference = event.replace(f'"m_{name}"', f'"b_{name}"')
        return self._guarded(builder, inside, reference)

    def _quit(self, builder: Builder, depth: int) -> tuple[str, str]:
        """A terminate end, in a sub-process."""
        name = builder.node("subProcess", "\n".join(self._ended_by_one(depth).lines))
        return name, name

    def _ended_by_one(self, depth: int) -> Builder:
        bad = self.name("endEvent")
        inside = self._branching(depth, bad)
        inside.lines.append(f'<bpmn:endEvent id="{bad}"><bpmn:terminateEventDefinition/></bpmn:endEvent>')
        return inside

    def _attach(self, builder: Builder, host: str, depth: int) -> tuple[str, str]:
        key, interrupts = f"p_{self.count}", self.random.random() < 0.5
        event = builder.node(
            "boundaryEvent",
            self._event(key, self.random.random() < 0.6),
            attachedToRef=host,
            cancelActivity=str(interrupts).lower(),
        )
        first, last = self.sequence(builder, min(depth, 1))
        handler = builder.node("userTask")
        builder.flow(event, handler)
        builder.flow(handler, first)
        join = builder.node("exclusiveGateway")
        builder.flow(host, join)
        builder.flow(last, join if interrupts else builder.node("endEvent"))
        return host, join

    def _events(self, builder: Builder, depth: int) -> tuple[str, str]:
        gateway, join = builder.node("eventBasedGateway"), builder.node("exclusiveGateway")
        for timer in (True, False, True):
            event = builder.node("intermediateCatchEvent", self._event(f"e_{self.count}", timer))
            task = builder.node("userTask")
            builder.flow(gateway, event)
            builder.flow(event, task)
            builder.flow(task, join)
        return gateway, join

    def listener(self, builder: Builder) -> None:
        inside = Builder(self)
        interrupts = self.random.random() < 0.4
        event = self._event(f"o_{self.count}", self.random.random() < 0.3)
        start = inside.node("startEvent", event, isInterrupting=str(interrupts).lower())
        first, last = self.sequence(inside, 1)
        inside.flow(start, first)
        inside.flow(last, inside.node("endEvent"))
        builder.node("subProcess", "\n".join(inside.lines), triggeredByEvent="true")

    def xml(self) -> bytes:
        return (
            HEAD + ERROR + "\n".join([*self.messages, *self.processes]) + "\n</bpmn:definitions>"
        ).encode()
