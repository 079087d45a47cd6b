"""Compares `diffuse` with diffusers on small models of many configurations, made on the spot with random weights.

    python3 compare.py --jar ../target/diffuse.jar --tokenizer FOLDER [NAME ...]

Needs diffusers, transformers and PyTorch (any recent ones), and CLIP's tokenizer files (`vocab.json`, `merges.txt`),
which are not part of this project. Each case saves a pipeline in the Hugging Face layout, makes the same picture with
both, and prints the relative error of the final latents. It ends with 1 if one is above the tolerance.
"""

import argparse
import os
import subprocess
import sys
import tempfile

import torch
from safetensors.torch import load_file

import cases


def error(found, expected):
    return ((found - expected).norm() / expected.norm()).item() if found.shape == expected.shape else float("inf")


def diffuse(jar, folder, case, work):
    latents = os.path.join(work, "latents.safetensors")
    command = ["java", "-jar", jar, case.command, "--model", folder, "--prompt", case.prompt, "--seed", "42",
               "--steps", str(case.steps), "--guidance", str(case.guidance), "--latents", latents,
               "--output", os.path.join(work, "picture.png"), *case.options(work)]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        return None, result.stderr.strip().splitlines()[-1]
    return load_file(latents)["latents"], ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", help="cases to run (default: all)")
    parser.add_argument("--jar", default="../target/diffuse.jar")
    parser.add_argument("--tokenizer", required=True, help="folder with CLIP's vocab.json and merges.txt")
    parser.add_argument("--tolerance", type=float, default=1e-3)
    options = parser.parse_args()
    worst = 0.0
    for case in cases.all_cases(options.tokenizer):
        if options.names and not any(name in case.name for name in options.names):
            continue
        with tempfile.TemporaryDirectory() as work:
            folder = os.path.join(work, "model")
            torch.manual_seed(0)
            pipeline = case.pipeline()
            case.save(pipeline, folder)
            expected = case.run(pipeline, torch.Generator().manual_seed(42), work)
            found, why = diffuse(options.jar, folder, case, work)
        value = float("inf") if found is None else error(found, expected)
        worst = max(worst, value)
        print(f"{case.name:44} {value:9.2e}  {why}", flush=True)
    sys.exit(worst > options.tolerance)


if __name__ == "__main__":
    main()
