"""Use cases: what a person or the clock can do. The only commit of the project is in `_transaction`."""
