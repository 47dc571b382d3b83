"""The admins' page: what luka is doing, and who may talk to it."""
