"""Who does a job: a model, a command of the operator's, or somebody by hand."""
