"""The parts of a report, a module for each: a function of basis and subject that returns a slide or a gap."""
