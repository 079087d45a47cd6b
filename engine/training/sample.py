"""Pictures from an exported checkpoint, in PyTorch: to look at, and to compare other engines with.

    python3 sample.py --model training-run/export/micrograph --out sheet.png "many green nuclei"
"""

import argparse
import json
import os

import torch

import configs
import tensor_files
from devices import mixed_precision, prepare
from diffusion import sample
from networks import AutoencoderKL, ClipTextModel, UNet2DConditionModel
from picture_files import contact_sheet, to_bytes, write_png
from tokenizer import Tokenizer


def load_network(kind, folder, file, device):
    with open(os.path.join(folder, "config.json")) as config:
        network = kind(json.load(config)).to(device).eval().requires_grad_(False)
    tensors = tensor_files.load(os.path.join(folder, file))
    network.load_state_dict({name: tensor.float() for name, tensor in tensors.items()})
    return network


class Pipeline:
    def __init__(self, model, device):
        part = lambda kind, name: load_network(kind, os.path.join(model, name), configs.WEIGHTS[name], device)
        self.tokenizer, self.device = Tokenizer.load(os.path.join(model, "tokenizer")), device
        self.encoder = part(ClipTextModel, "text_encoder")
        self.unet = part(UNet2DConditionModel, "unet")
        self.vae = part(AutoencoderKL, "vae")

    @torch.no_grad()
    def __call__(self, texts, steps=25, guidance=4.0, seed=0):
        encode = lambda texts: self.encoder(torch.tensor([self.tokenizer.encode(text) for text in texts]).to(self.device))
        with mixed_precision(self.device):
            latents = sample(self.unet, encode(texts), encode([""]), steps, guidance, seed)
            pictures = self.vae.decode(latents / self.vae.config["scaling_factor"]).float()
        return list(to_bytes(pictures).cpu())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("prompts", nargs="+")
    parser.add_argument("--model", default="training-run/export/micrograph")
    parser.add_argument("--out", default="sheet.png")
    parser.add_argument("--each", type=int, default=1, help="pictures a prompt")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--guidance", type=float, default=3.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    texts = [prompt for prompt in options.prompts for _ in range(options.each)]
    pictures = Pipeline(options.model, prepare(options.device))(texts, options.steps, options.guidance, options.seed)
    write_png(contact_sheet(pictures, min(8, len(pictures))), options.out)


if __name__ == "__main__":
    main()
