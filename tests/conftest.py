"""What every test may ask for."""

pytest_plugins = ["tests.llama_fixtures", "tests.redis_fixtures"]
