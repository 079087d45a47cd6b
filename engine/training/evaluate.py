"""Measures how well generated pictures show what held-out prompts ask for.

    python3 evaluate.py --jar ../target/diffuse.jar
    python3 evaluate.py --engine pytorch            # a fast stand-in while training
    python3 evaluate.py --engine none --judge NEW   # the pictures made before, by another classifier

200 pictures from prompts whose combinations training never saw are generated, by default
through the Java engine's command line, and shown to a classifier that was trained on drawings
alone (train_judge.py). A structure is right where the classifier finds it; colour and count are
asked of the classifier for every structure of the prompt, found or not. Nothing is left out.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import subprocess

import torch

import attributes
import judge as judging
import prompts as held_out
from devices import prepare
from draw_data import draw_shard
from drawings import COUNTS, KINDS
from picture_files import contact_sheet, read_png, write_png


def generate_with_java(prompts, options):
    def generate(prompt):
        path = path_of(prompt, options)
        subprocess.run(["java", "-jar", options.jar, "txt2img", "--model", options.model, "--prompt", prompt["prompt"],
                        "--seed", str(prompt["seed"]), "--steps", str(options.steps), "--guidance", str(options.guidance),
                        "--width", "128", "--height", "128", "--output", path],
                       check=True, stdout=subprocess.DEVNULL)
        return read_png(path)

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        yield from pool.map(generate, prompts)


def generate_with_pytorch(prompts, options):
    from sample import Pipeline

    pipeline = Pipeline(options.model, prepare(options.device))
    for first in range(0, len(prompts), 20):
        texts = [prompt["prompt"] for prompt in prompts[first : first + 20]]
        yield from pipeline(texts, options.steps, options.guidance, seed=first)


def generated_before(prompts, options):
    return (read_png(path_of(prompt, options)) for prompt in prompts)


def path_of(prompt, options):
    return os.path.join(options.out, f"{prompt['seed']:03}.png")


def made_by(options):
    """How, as far as it is known: of pictures made before it is not."""
    return {} if options.engine == "none" else {name: getattr(options, name) for name in ("engine", "steps", "guidance")}


GENERATORS = {"java": generate_with_java, "pytorch": generate_with_pytorch, "none": generated_before}


@torch.no_grad()
def judged(judge, pictures, prompts):
    """For each structure asked for: (kind, structure right, colour right, count right)."""
    outputs = judge(pictures)
    for i, prompt in enumerate(prompts):
        for layer in prompt["layers"]:
            kind = KINDS.index(layer["kind"])
            colour = attributes.COLOUR_NAMES[outputs["colour"][i, kind].argmax()]
            count = COUNTS[outputs["count"][i, kind].argmax()]
            yield layer["kind"], outputs["presence"][i, kind].item() > 0, colour == layer["colour"], count == layer["count"]


def summary(rows):
    """Shares of structures, colours (tissue has none to choose) and counts that are right."""
    share = lambda flags: round(sum(flags) / len(flags), 4) if flags else None
    return {"structure": share([row[1] for row in rows]),
            "colour": share([row[2] for row in rows if row[0] != "tissue"]),
            "count": share([row[3] for row in rows]), "asked": len(rows)}


def report(rows):
    per_kind = collections.defaultdict(list)
    for row in rows:
        per_kind[row[0]].append(row)
    return {"all": summary(rows), **{kind: summary(per_kind[kind]) for kind in KINDS if per_kind[kind]}}


@torch.no_grad()
def unasked(judge, pictures, prompts):
    """Share of pictures in which the classifier sees a structure that the prompt does not name."""
    found = judge(pictures)["presence"] > 0
    extra = [any(found[i, KINDS.index(kind)] for kind in KINDS if kind not in {layer["kind"] for layer in prompt["layers"]})
             for i, prompt in enumerate(prompts)]
    return round(sum(extra) / len(extra), 4)


def as_prompts(scenes):
    return [{"layers": [{"kind": l.kind, "colour": l.colour, "count": l.count} for l in scene.layers]} for scene in scenes]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", default="training-run/export/micrograph")
    parser.add_argument("--judge", default="judge.safetensors")
    parser.add_argument("--engine", choices=GENERATORS, default="java", help="none: judges what --out holds")
    parser.add_argument("--jar", default="../target/diffuse.jar")
    parser.add_argument("--out", default="training-run/evaluation")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--guidance", type=float, default=3.0)
    parser.add_argument("--jobs", type=int, default=2, help="Java engines at a time")
    parser.add_argument("--number", type=int, default=held_out.NUMBER)
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    prepare(options.device)
    os.makedirs(options.out, exist_ok=True)
    prompts = held_out.held_out_prompts()[: options.number]
    pictures, judge = list(GENERATORS[options.engine](prompts, options)), judging.load_judge(options.judge)
    write_png(contact_sheet(pictures, 20), os.path.join(options.out, "sheet.png"))
    drawings = draw_shard("ceiling", 0, 300, everything=True)
    result = {
        "judge": options.judge, "pictures": len(pictures), **made_by(options),
        "generated": report(list(judged(judge, torch.stack(pictures), prompts))),
        "unasked": unasked(judge, torch.stack(pictures), prompts),
        "ceiling": summary(list(judged(judge, drawings["pictures"], as_prompts(drawings["scenes"])))),
    }
    with open(os.path.join(options.out, "result.json"), "w") as file:
        json.dump({**result, "prompts": prompts}, file, indent=1)
    for name, value in {**result.pop("generated"), "ceiling (drawings)": result.pop("ceiling")}.items():
        print(f"{name:20}", value)
    print(result)


if __name__ == "__main__":
    main()
