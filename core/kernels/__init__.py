"""Compiled numeric kernels: where their machine code is kept, and their random numbers."""
