"""Standardises a trained autoencoder's latents and encodes the drawings once and for all.

    python3 encode_latents.py --vae training-run/vae.pt --data training-run/data --out training-run/latents

Each latent channel's mean and spread is folded into the two 1×1 convolutions around the
latents, so that the UNet sees channels of mean 0 and deviation 1 with a scaling factor of 1.
The UNet's training may already run: it takes up each shard as it appears.
"""

import argparse
import glob
import os

import torch

import configs
from devices import load, mixed_precision, prepare, save
from networks import AutoencoderKL
from picture_files import from_bytes
from runs import load_run


@torch.no_grad()
def standardise(vae, mean, deviation):
    """Makes `encode` return (latents - mean) / deviation, and `decode` take that."""
    latents = len(mean)
    vae.quant_conv.bias[:latents] -= mean
    vae.quant_conv.weight[:latents] /= deviation[:, None, None, None]
    vae.quant_conv.bias[:latents] /= deviation
    vae.post_quant_conv.bias += (vae.post_quant_conv.weight[:, :, 0, 0] * mean).sum(1)
    vae.post_quant_conv.weight *= deviation[None, :, None, None]


@torch.no_grad()
def encode(vae, pictures, device):
    parts = []
    for part in pictures.split(32):
        with mixed_precision(device):
            parts.append(vae.encode(from_bytes(part.to(device))).float().cpu())
    return torch.cat(parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--vae", default="training-run/vae.pt", help="a run of train_vae.py, or a checkpoint's folder, standardised already")
    parser.add_argument("--data", default="training-run/data")
    parser.add_argument("--out", default="training-run/latents")
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    device, path = prepare(options.device), os.path.join(options.out, "vae.pt")
    vae = AutoencoderKL(configs.VAE).to(device)
    if os.path.exists(path):
        vae.load_state_dict(load(path, map_location=device))
    else:
        vae.load_state_dict(load_run(options.vae, device)["vae"])
        if not os.path.isdir(options.vae):
            latents = encode(vae, load(min(glob.glob(os.path.join(options.data, "train-*.pt"))))["pictures"][:512], device)
            mean, deviation = latents.mean((0, 2, 3)), latents.std((0, 2, 3))
            print("channels' means", mean, "and deviations", deviation)
            standardise(vae, mean.to(device), deviation.to(device))
        save(vae.state_dict(), path)
    for source in sorted(glob.glob(os.path.join(options.data, "train-*.pt"))):
        target = os.path.join(options.out, os.path.basename(source))
        if not os.path.exists(target):
            shard = load(source)
            save({"latents": encode(vae, shard["pictures"], device).half(), "scenes": shard["scenes"]}, target)
            print(target, flush=True)


if __name__ == "__main__":
    main()
