"""What tests are made of, a feature per file."""
