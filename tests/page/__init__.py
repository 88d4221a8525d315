"""The page, from its columns to a real browser."""
