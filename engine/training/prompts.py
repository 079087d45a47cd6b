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
SEVERAL = 0.85  # of refining's prompts but tissue's name two structures: those go wrong more often, above all in colour
APART = 0.3  # of refining's structures are named without their colour or without their amount


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
    """Scenes that training may see, as far as captions [number, 77] tell of them; others at each step.

    Even over the structures. What a caption does not say is None in its scene, or not there.
    """
    scenes, texts = [], []
    for i in range(number):
        rng = RandomNumbers("refine", step * number + i)
        wanted = rng.choice(KINDS)
        structures = 2 if wanted != "tissue" and rng.chance(SEVERAL) else 1
        scenes.append(apart(sample_scene(rng, lambda scene: not held_out(scene) and scene.layers[0].kind == wanted
                                         and len(scene.layers) == structures), rng))
        texts.append(caption(scenes[-1], rng, complete=True))
    return scenes, torch.tensor([tokenizer.encode(text) for text in texts])


def apart(scene, rng):
    """The scene, with some words for what is in it left out, so that each is learnt without its partners.

    One colour in nine is never seen with "few beads", so where beads are always said to be few or many in
    some colour, colours and amounts can stand for each other, and a new combination is drawn as one of those known.
    """
    layers = tuple(_without_a_word(layer, rng) if rng.chance(APART) else layer for layer in scene.layers)
    told = not rng.chance(APART)
    return dataclasses.replace(scene, layers=layers, blurred=scene.blurred and told, noisy=scene.noisy and told)


def _without_a_word(layer, rng):
    left_out = "count" if layer.kind == "tissue" else rng.choice(("colour", "count"))
    return dataclasses.replace(layer, **{left_out: None})


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", default="prompts.json")
    options = parser.parse_args()
    with open(options.out, "w", encoding="utf-8") as file:
        json.dump(held_out_prompts(), file, indent=1)


if __name__ == "__main__":
    main()
