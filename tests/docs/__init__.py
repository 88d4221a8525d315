"""The documentation: it builds, what is generated is fresh, and its blocks run."""
