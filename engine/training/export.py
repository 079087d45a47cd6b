"""Writes the trained networks as a checkpoint folder in the Hugging Face layout, in float16.

    python3 export.py --run training-run --out training-run/export/micrograph --card model_card.md

The folder appears whole or not at all; an older one of the same name is replaced.
"""

import argparse
import hashlib
import json
import os
import shutil

import torch

import configs
import tensor_files
from devices import load
from runs import load_run, mean_of
from tokenizer import Tokenizer


def write_json(value, path):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def write_network(folder, name, config, state):
    os.makedirs(os.path.join(folder, name))
    write_json(config, os.path.join(folder, name, "config.json"))
    tensors = {key: value.half() for key, value in state.items()}
    for key, value in tensors.items():
        if not torch.isfinite(value).all():
            raise ValueError(f"{name}: {key} does not fit into float16")
    tensor_files.save(tensors, os.path.join(folder, name, configs.WEIGHTS[name]))
    return sum(value.numel() for value in tensors.values())


def write_sums(folder):
    """As sha256sum does, of what the program lays out: it tells whole copies by them, and versions."""
    paths = (os.path.join(at, name) for at, _, names in os.walk(folder) for name in names)
    names = sorted(os.path.relpath(path, folder).replace(os.sep, "/") for path in paths)
    with open(os.path.join(folder, "SHA256SUMS"), "w", encoding="utf-8", newline="\n") as sums:
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                sums.write(f"{hashlib.sha256(file.read()).hexdigest()}  {name}\n")


def trained(run):
    """What was refined, or else what would be."""
    file = lambda name: os.path.join(run, name)
    return load(file("refined.pt")) if os.path.exists(file("refined.pt")) else {**load(file("unet.pt")), **load(file("decoder.pt"))}


def write_checkpoint(run, state, folder, card):
    led, vae = state["average"], state["vae"]
    part = lambda name: {key[len(name) + 1 :]: value for key, value in led.items() if key.startswith(name + ".")}
    tokenizer = Tokenizer.load(os.path.join(run, "tokenizer"))
    tokenizer.save(os.path.join(folder, "tokenizer"))
    text = {**configs.TEXT, "vocab_size": len(tokenizer.ids)}
    counts = {
        "text_encoder": write_network(folder, "text_encoder", text, part("text")),
        "unet": write_network(folder, "unet", configs.UNET, part("unet")),
        "vae": write_network(folder, "vae", configs.VAE, vae),
    }
    os.makedirs(os.path.join(folder, "scheduler"))
    write_json(configs.SCHEDULER, os.path.join(folder, "scheduler", "scheduler_config.json"))
    write_json(configs.PIPELINE, os.path.join(folder, "model_index.json"))
    write_sums(folder)
    if card:
        shutil.copyfile(card, os.path.join(folder, "README.md"))
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--run", default="training-run")
    parser.add_argument("--out", default="training-run/export/micrograph")
    parser.add_argument("--card", help="model card to store as README.md")
    parser.add_argument("--mean-with", help="another run of refine.py, or a checkpoint's folder: what is written are weights between both")
    parser.add_argument("--share", type=float, default=0.5, help="the other one's, of that mean")
    options = parser.parse_args()
    fresh, old = options.out + ".part", options.out + ".old"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
    os.makedirs(fresh)
    state = trained(options.run)
    if options.mean_with:
        state = mean_of(state, load_run(options.mean_with), options.share)
    counts = write_checkpoint(options.run, state, fresh, options.card)
    if os.path.exists(options.out):
        os.rename(options.out, old)
    os.rename(fresh, options.out)
    shutil.rmtree(old, ignore_errors=True)
    size = sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(options.out) for name in names)
    print(f"{options.out}: {size / 1e6:.1f} MB, parameters {counts}")


if __name__ == "__main__":
    main()
