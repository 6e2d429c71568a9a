"""Rewrites a parsed diagram before the library reads it.

* An event sub-process ``X`` becomes: catch event ``X.borde`` → sub-process ``X`` → end ``X.fin``. The
  library ignores ``isInterrupting`` and, for messages, writes into the specification at run time.
* ``ioSpecification`` of a flow node is removed: the library would drop all other data of the caller.
  Inputs and outputs are declared by the called process.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DEN = "https://denuncias.mx/bpmn"
NS = {"bpmn": BPMN, "den": DEN}

LISTENER = f"{{{DEN}}}interrumpe"
"""Attribute of a rewritten catch event: 'true' or 'false'."""
LISTENER_START = f"{{{DEN}}}inicio"
"""Attribute of a rewritten catch event: id of the start event that it stands for."""


def tag(name: str) -> str:
    """Qualified BPMN tag."""
    return f"{{{BPMN}}}{name}"


def read_xml(content: bytes) -> Any:
    """Parses a file; no entities, no network. Raises ``etree.XMLSyntaxError``."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def rewrite(root: Any) -> None:
    """In place."""
    for io in list(root.iterfind(f".//{tag('ioSpecification')}")):
        if io.getparent().tag != tag("process"):
            io.getparent().remove(io)
    for sub in list(root.iterfind(f".//{tag('subProcess')}")):
        if sub.get("triggeredByEvent") == "true":
            _listener(sub)


def _listener(sub: Any) -> None:
    start = sub.find(tag("startEvent"))
    if start is None:
        return
    definitions = [child for child in start if etree.QName(child).localname.endswith("EventDefinition")]
    if len(definitions) != 1:
        return
    name = sub.get("id")
    scope = sub.getparent()
    del sub.attrib["triggeredByEvent"]
    catch = etree.SubElement(scope, tag("intermediateCatchEvent"), id=f"{name}.borde")
    catch.set(LISTENER, start.get("isInterrupting", "true"))
    catch.set(LISTENER_START, start.get("id", ""))
    catch.append(definitions[0])
    etree.SubElement(scope, tag("endEvent"), id=f"{name}.fin")
    for source, target in ((f"{name}.borde", name), (name, f"{name}.fin")):
        etree.SubElement(
            scope, tag("sequenceFlow"), id=f"{source}..{target}", sourceRef=source, targetRef=target
        )
