"""Requests and answers of the API, a feature per file; camelCase outside, snake_case inside."""
