"""The parts of the page 目标分解: its steps, its working copy, its charts."""
