"""The write side: one module for each noun, each mutation a few lines that load, decide and hand over."""
