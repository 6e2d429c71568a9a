"""Own specifications: the parts of SpiffWorkflow 3.2.0 whose behaviour is not that of BPMN.

They are plugged in through the parser's override tables; nothing of the library is patched.
They use its hooks ``_update_hook``, ``_run_hook``, ``_on_ready_hook``, ``_on_complete_hook``,
``_on_cancel`` and ``_predict_hook``, ``_add_child``, ``_remove_task``, which its documentation does not
promise: the version is pinned and ``tests/process`` compares every shape with an oracle.
"""
