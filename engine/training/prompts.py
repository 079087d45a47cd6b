"""The held-out prompts of the evaluation: always the same 200, from a fixed seed.

    python3 prompts.py --out prompts.json
"""

import argparse
import dataclasses
import json

from drawings import KINDS, RandomNumbers, caption, held_out, sample_scene

NUMBER = 200
STREAM = "evaluation"


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


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", default="prompts.json")
    options = parser.parse_args()
    with open(options.out, "w", encoding="utf-8") as file:
        json.dump(held_out_prompts(), file, indent=1)


if __name__ == "__main__":
    main()
