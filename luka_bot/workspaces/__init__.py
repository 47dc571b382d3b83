"""Files of people: each has a folder of their own, and no path leads out of it."""
