"""Latents that the UNet makes from training's prompts, kept for the decoder to learn from.

    python3 generate_latents.py --unet training-run/refined.pt --count 10240 --out training-run/generated

Several processes may work at once, each with its own --first and --count.
"""

import argparse
import os

import torch

from devices import load, prepare, save
from diffusion import signal_shares
from refine_unet import generate, prompts, random_guidance
from tokenizer import Tokenizer
from train_unet import Conditioned

SHARD, BATCH = 256, 64


@torch.no_grad()
def shard(model, unet, tokenizer, number, device):
    """SHARD latents [N, 6, 16, 16] and the scenes that they were asked for."""
    empty, shares = model.text(torch.tensor([tokenizer.encode("")]).to(device)), signal_shares().to(device)
    latents, scenes = [], []
    for batch in range(SHARD // BATCH):
        asked, ids = prompts(BATCH, tokenizer, number * (SHARD // BATCH) + batch, "generated")
        made = generate(unet, model.text(ids.to(device)), empty, random_guidance(), shares, device, learning_steps=0)
        latents.append(made.half().cpu())
        scenes += asked
    return {"latents": torch.cat(latents), "scenes": scenes}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--unet", default="training-run/refined.pt", help="a run of refine_unet.py or train_unet.py")
    parser.add_argument("--tokenizer", default="training-run/tokenizer")
    parser.add_argument("--first", type=int, default=0, help="number of the first shard")
    parser.add_argument("--count", type=int, default=10240)
    parser.add_argument("--out", default="training-run/generated")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--compile", action="store_true", help="PyTorch 2: faster after a minute or two")
    options = parser.parse_args()
    device, tokenizer = prepare(options.device), Tokenizer.load(options.tokenizer)
    model = Conditioned(tokenizer).to(device)
    model.load_state_dict(load(options.unet, map_location=device)["average"])
    model = model.to(memory_format=torch.channels_last).eval()
    unet = torch.compile(model.unet) if options.compile else model.unet
    for number in range(options.first, options.first + -(-options.count // SHARD)):
        path = os.path.join(options.out, f"generated-{number:04}.pt")
        if not os.path.exists(path):
            save(shard(model, unet, tokenizer, number, device), path)
            print(path, flush=True)


if __name__ == "__main__":
    main()
