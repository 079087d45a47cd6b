"""The held-out prompts of the evaluation, always the same 200, from a fixed seed; and those of refining, never held out.

    python3 prompts.py --out prompts.json
"""

import argparse
import dataclasses
import json

import torch

from drawings import KINDS, RandomNumbers, caption, held_out, sample_scene

NUMBER = 200
STREAM = "evaluation"
SEVERAL = 0.65  # of refining's prompts name more than one structure: those go wrong more often, above all in colour


def held_out_prompts(number=NUMBER):
    """Even over the structures: each of the nine is the held-out one as often as the others."""
    prompts, index = [], 0
    while len(prompts) < number:
        rng, wanted = RandomNumbers(STREAM, index), KINDS[len(prompts) % len(KINDS)]
        scene = sample_scene(rng, lambda scene: scene.layers[0].kind == wanted and asked(scene))
        prompts.append({"prompt": caption(scene, rng, complete=True), "seed": index, **dataclasses.asdict(scene)})
        index += 1
    return prompts


def asked(scene):
    """One or two structures, of which the first by itself is one that training never shows."""
    return len(scene.layers) <= 2 and held_out(dataclasses.replace(scene, layers=scene.layers[:1]))


def refining_prompts(number, tokenizer, step):
    """Scenes that training may see, and captions [number, 77] that say all of their structures; others at each step."""
    scenes, texts = [], []
    for i in range(number):
        rng = RandomNumbers("refine", step * number + i)
        several = rng.chance(SEVERAL)
        scenes.append(sample_scene(rng, lambda scene: not held_out(scene) and (len(scene.layers) > 1) == several))
        texts.append(caption(scenes[-1], rng, complete=True))
    return scenes, torch.tensor([tokenizer.encode(text) for text in texts])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", default="prompts.json")
    options = parser.parse_args()
    with open(options.out, "w", encoding="utf-8") as file:
        json.dump(held_out_prompts(), file, indent=1)


if __name__ == "__main__":
    main()
