"""What it costs that a job is never lost and never done twice."""
