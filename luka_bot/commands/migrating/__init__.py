"""The data of the system that the queue was before: jobs.db and users.json."""
