"""Drawn micrographs with captions: the only data the model learns from.

A `Scene` says what is in a picture; `draw` makes the pixels, `caption` the words.
Everything follows from a stream name and an index, so training, validation and
evaluation take different streams of the same generator.
"""

from .captions import caption
from .pictures import draw
from .random_numbers import RandomNumbers
from .scenes import COLOURS, COUNTS, KINDS, Layer, Scene, held_out, sample_scene

__all__ = ["COLOURS", "COUNTS", "KINDS", "Layer", "RandomNumbers", "Scene",
           "caption", "draw", "held_out", "sample_scene"]
