"""luka as the soak runs it: without its speed limit, and with its own census in `/metrics`."""

from bench.soak.census import Census
from bench.unpaced_luka import main
from luka_bot.metrics import REGISTRY

if __name__ == "__main__":
    REGISTRY.register(Census())
    main()
