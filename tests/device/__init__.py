"""Tests of the device: pure choice and drawing, the media cache, and a virtual device on a real broker."""
