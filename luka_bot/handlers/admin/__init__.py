"""What admins do, in their group and nowhere else."""
