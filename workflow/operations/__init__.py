"""Domain verbs that a diagram may name. They write rows and return decisions; they never commit."""
