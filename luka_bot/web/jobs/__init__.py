"""The pages of jobs: handing them in, seeing what became of them, and deciding about them."""
