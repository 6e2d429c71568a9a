"""The library's parser with our specifications in its override tables."""

from __future__ import annotations

from typing import Any, ClassVar

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import (
    BoundaryEventParser,
    EndEventParser,
    EventBasedGatewayParser,
    EventDefinitionParser,
    IntermediateCatchEventParser,
    IntermediateThrowEventParser,
    ReceiveTaskParser,
    SendTaskParser,
    StartEventParser,
)
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.task_parsers import (
    CallActivityParser,
    ConditionalGatewayParser,
    GatewayParser,
    ScriptTaskParser,
    SubWorkflowParser,
)
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnIoSpecification
from SpiffWorkflow.bpmn.specs.data_spec import TaskDataReference

from workflow.engine.expressions import evaluate
from workflow.engine.rewrite import LISTENER, rewrite, tag
from workflow.engine.specs.activities import (
    CallActivity,
    MultiInstance,
    NoneTask,
    ScriptTask,
    SequentialMultiInstance,
    ServiceTask,
    SubProcess,
    UserTask,
)
from workflow.engine.specs.definitions import ErrorDefinition, LedgerTimer, MessageDefinition, Terminate
from workflow.engine.specs.events import (
    BoundaryEvent,
    CatchEvent,
    EndEvent,
    Listener,
    StartEvent,
    ThrowEvent,
)
from workflow.engine.specs.gateways import EventGateway, ExclusiveGateway
from workflow.engine.specs.joins import InclusiveGateway, ParallelGateway
from workflow.engine.specs.process import ProcessSpec


def term_of(expression: str) -> str:
    """The key inside ``plazo("clave")``, the only timer there is. ExpressionError otherwise."""
    keys: list[Any] = []
    evaluate(expression, {}, {"plazo": keys.append})
    if len(keys) != 1 or not isinstance(keys[0], str):
        raise ValidationException('Un reloj solo puede decir plazo("clave").')
    return keys[0]


class Activity:
    """Multi-instances of our own; no loop that cannot be seen."""

    node: Any

    PARALLEL_MI_CLASS = MultiInstance
    SEQUENTIAL_MI_CLASS = SequentialMultiInstance

    def _add_loop_task(self, loop_characteristics: Any) -> None:
        raise ValidationException("Los ciclos se dibujan con una compuerta.", node=self.node)


class OurTaskParser(Activity, TaskParser):
    """Tasks."""


class OurSubProcessParser(Activity, SubWorkflowParser):
    """Embedded sub-processes."""


class OurCallParser(Activity, CallActivityParser):
    """Call activities."""


class OurEvents:
    """Definitions of our own for every kind of event that is allowed."""

    node: Any
    xpath: Any
    process_parser: Any

    def parse_timer_event(self, event: Any) -> LedgerTimer:
        dates = self.xpath(".//bpmn:timeDate")
        if len(dates) != 1 or not dates[0].text:
            raise ValidationException('Un reloj solo puede decir plazo("clave").', node=self.node)
        return LedgerTimer(term_of(dates[0].text))

    def parse_message_event(self, message_event: Any) -> MessageDefinition:
        reference = message_event.get("messageRef")
        name = self.process_parser.parser.messages.get(reference)
        if not name:
            raise ValidationException(f"El mensaje «{reference}» no está declarado.", node=self.node)
        return MessageDefinition(name)

    def parse_error_event(self, error_event: Any) -> ErrorDefinition:
        error = self.process_parser.parser.errors.get(error_event.get("errorRef"))
        if error is None:
            return ErrorDefinition("error", None)
        return ErrorDefinition(error["name"] or "error", error["error_code"])

    def parse_terminate_event(self, event: Any) -> Terminate:
        return Terminate()

    def _refuse(self, event: Any) -> Any:
        raise ValidationException("Este tipo de evento no se usa en este sistema.", node=self.node)

    parse_cancel_event = _refuse
    parse_conditional_event = _refuse
    parse_escalation_event = _refuse
    parse_signal_event = _refuse


class OurStartParser(OurEvents, StartEventParser):
    """The start of a process or sub-process."""


class OurEndParser(OurEvents, EndEventParser):
    """Ends."""


class OurThrowParser(OurEvents, IntermediateThrowEventParser):
    """Throw events."""


class OurSendParser(OurEvents, SendTaskParser):
    """Send tasks."""


class OurReceiveParser(OurEvents, ReceiveTaskParser):
    """Receive tasks."""


class OurBoundaryParser(OurEvents, BoundaryEventParser):
    """Boundary events."""


class OurGatewayOfEventsParser(EventBasedGatewayParser):
    """Event-based gateways."""

    def create_task(self) -> Any:
        return EventDefinitionParser._create_task(self, None)


class OurCatchParser(OurEvents, IntermediateCatchEventParser):
    """Catch events, and the listeners that the rewriting makes of event sub-processes."""

    def create_task(self) -> Any:
        interrupting = self.node.get(LISTENER)
        if interrupting is not None:
            self.spec_class = Listener
        task = super().create_task()
        if interrupting is not None:
            task.interrupting = interrupting == "true"
        return task


class OurProcessParser(ProcessParser):
    """Process specification of our own, with its listeners hung from ``Start``."""

    def create_spec(self) -> ProcessSpec:
        if not self.process_executable:
            raise ValidationException(f"El proceso {self.bpmn_id} no es ejecutable.", node=self.node)
        return ProcessSpec(name=self.bpmn_id, description=self.get_name(), filename=self.filename)

    def parse_io_spec(self) -> BpmnIoSpecification:
        """All declared inputs and outputs, by name (ids must differ between the two)."""

        def named(kind: str) -> list[TaskDataReference]:
            found = self.xpath(f"./bpmn:ioSpecification/bpmn:{kind}")
            return [TaskDataReference(item.get("name") or item.get("id")) for item in found]

        return BpmnIoSpecification(named("dataInput"), named("dataOutput"))

    def add_tasks(self) -> None:
        if len(self.xpath("./bpmn:startEvent")) != 1:
            raise ValidationException(f"«{self.bpmn_id}» debe tener un solo inicio.", node=self.node)
        super().add_tasks()
        for node in self.xpath("./bpmn:intermediateCatchEvent"):
            if node.get(LISTENER) is not None:
                self.spec.start.connect(self.parse_node(node))


class Parser(BpmnParser):
    """Reads the files of one process and of the processes it calls."""

    PROCESS_PARSER_CLASS = OurProcessParser
    OVERRIDE_PARSER_CLASSES: ClassVar[dict[str, Any]] = {
        tag("startEvent"): (OurStartParser, StartEvent),
        tag("endEvent"): (OurEndParser, EndEvent),
        tag("userTask"): (OurTaskParser, UserTask),
        tag("manualTask"): (OurTaskParser, UserTask),
        tag("task"): (OurTaskParser, NoneTask),
        tag("serviceTask"): (OurTaskParser, ServiceTask),
        tag("scriptTask"): (ScriptTaskParser, ScriptTask),
        tag("subProcess"): (OurSubProcessParser, SubProcess),
        tag("callActivity"): (OurCallParser, CallActivity),
        tag("exclusiveGateway"): (ConditionalGatewayParser, ExclusiveGateway),
        tag("parallelGateway"): (GatewayParser, ParallelGateway),
        tag("inclusiveGateway"): (ConditionalGatewayParser, InclusiveGateway),
        tag("eventBasedGateway"): (OurGatewayOfEventsParser, EventGateway),
        tag("intermediateCatchEvent"): (OurCatchParser, CatchEvent),
        tag("intermediateThrowEvent"): (OurThrowParser, ThrowEvent),
        tag("receiveTask"): (OurReceiveParser, CatchEvent),
        tag("sendTask"): (OurSendParser, ThrowEvent),
        tag("boundaryEvent"): (OurBoundaryParser, BoundaryEvent),
        tag("transaction"): (None, None),
        tag("adHocSubProcess"): (None, None),
    }

    def add_bpmn_xml(self, bpmn: Any, filename: str | None = None) -> None:
        rewrite(bpmn)
        super().add_bpmn_xml(bpmn, filename)
