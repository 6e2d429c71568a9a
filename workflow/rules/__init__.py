"""The law as pure functions: values in, values and steps out; no input, no output, no clock."""
