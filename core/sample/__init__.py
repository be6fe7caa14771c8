"""The generator of the demonstration region: a deterministic, invented province of any size."""

from core.sample.build import build_sample, fill_store
from core.sample.request import DEFAULT_SEED, DEFAULT_TERMINALS, SampleRequest

__all__ = ["DEFAULT_SEED", "DEFAULT_TERMINALS", "SampleRequest", "build_sample", "fill_store"]
