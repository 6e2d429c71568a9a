"""Drawing of BPMN diagrams: reading, placing, routing, labelling and exporting."""
