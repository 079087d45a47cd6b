"""The encoded drawings in memory, and batches of them with captions."""

import glob
import os

import torch

from devices import load
from drawings import RandomNumbers, caption
from symmetry import turned

EMPTY = 0.1  # captions left out for classifier-free guidance


class Latents:
    """The shards encoded so far, or those of them that `share` gives; `refresh` takes up new ones."""

    def __init__(self, folder, share=sorted):
        self.folder, self.share, self.paths, self.latents, self.scenes = folder, share, [], torch.empty(0), []
        self.refresh()

    def refresh(self):
        for path in sorted(set(self.share(glob.glob(os.path.join(self.folder, "train-*.pt")))) - set(self.paths)):
            shard = load(path)
            self.latents = torch.cat([self.latents, shard["latents"]]) if self.paths else shard["latents"]
            self.scenes += shard["scenes"]
            self.paths.append(path)
        self.simple = [i for i, scene in enumerate(self.scenes) if len(scene.layers) == 1]

    def batch(self, number, tokenizer, step, simple):
        """Latents and captions; at least the share `simple` of them with a single structure."""
        rng = RandomNumbers("words", step)
        chosen = [rng.choice(self.simple) if rng.chance(simple) else rng.integer(0, len(self.scenes) - 1)
                  for _ in range(number)]
        texts = ["" if rng.chance(EMPTY) else caption(self.scenes[i], rng) for i in chosen]
        latents = turned(self.latents[chosen].float(), step % 8)
        return latents, torch.tensor([tokenizer.encode(text) for text in texts])
