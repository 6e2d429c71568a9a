"""WHAT HAPPENS: rules, engine, operations, queries, documents and actions. No Flask below this line."""
