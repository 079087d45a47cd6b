"""Compares the networks with values that diffusers and transformers computed.

    python3 verify_networks.py REFERENCE_FOLDER

The folder holds a checkpoint in the Hugging Face layout and golden.safetensors.
"""

import json
import os
import sys

import torch

import tensor_files
from networks import AutoencoderKL, ClipTextModel, UNet2DConditionModel
from picture_files import from_bytes

OLD_ATTENTION_NAMES = {"query": "to_q", "key": "to_k", "value": "to_v", "proj_attn": "to_out.0"}


def load_network(kind, folder):
    config = json.load(open(os.path.join(folder, "config.json")))
    network = kind(config).eval()
    file = next(name for name in sorted(os.listdir(folder)) if name.endswith(".safetensors"))
    tensors = {}
    for name, tensor in tensor_files.load(os.path.join(folder, file)).items():
        for old, new in OLD_ATTENTION_NAMES.items():
            name = name.replace(f"attentions.0.{old}.", f"attentions.0.{new}.")
        tensors[name] = tensor.float()
    network.load_state_dict(tensors)
    return network


def compare(name, found, expected):
    error = ((found - expected).norm() / expected.norm()).item()
    print(f"{name:20} relative error {error:.1e} {'ok' if error < 1e-4 else 'DIFFERENT'}")
    return error < 1e-4


@torch.no_grad()
def main(folder):
    golden = tensor_files.load(os.path.join(folder, "golden.safetensors"))
    text = load_network(ClipTextModel, os.path.join(folder, "text_encoder"))
    unet = load_network(UNet2DConditionModel, os.path.join(folder, "unet"))
    vae = load_network(AutoencoderKL, os.path.join(folder, "vae"))
    good = [compare("last_hidden_state", text(golden["ids"]), golden["last_hidden_state"])]
    for name in sorted(golden):
        if name.startswith("unet_out_t"):
            out = unet(golden["unet_sample"], torch.tensor([int(name[10:])]), golden["unet_context"])
            good.append(compare(name, out, golden[name]))
    mean, std = vae.moments(from_bytes(golden["image"].permute(2, 0, 1)[None]))
    good.append(compare("vae_mean", mean, golden["vae_mean"]))
    good.append(compare("vae_std", std, golden["vae_std"]))
    good.append(compare("vae_decoded", vae.decode(golden["vae_z"]), golden["vae_decoded"]))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
