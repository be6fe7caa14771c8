"""Reports on visit plans and their adherence."""
