"""The server: plans, publishes and watches. Layers are folders (see docs/architecture.md), features are file names."""
