"""Random draws for one picture, all from one seed."""

import random
import zlib

import torch


class RandomNumbers:
    """Python's generator for choices, PyTorch's for arrays; both seeded by stream and index."""

    def __init__(self, stream, index):
        seed = zlib.crc32(f"{stream}/{index}".encode())
        self.python = random.Random(seed)
        self.torch = torch.Generator().manual_seed(seed)
        self.choice, self.sample = self.python.choice, self.python.sample
        self.integer, self.number = self.python.randint, self.python.uniform

    def chance(self, probability):
        return self.python.random() < probability

    def uniform(self, low, high, *shape):
        return low + (high - low) * torch.rand(shape, generator=self.torch)

    def normal(self, *shape):
        return torch.randn(shape, generator=self.torch)
