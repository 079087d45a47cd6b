"""Writes a checkpoint of the true shapes of Stable Diffusion 1.5 or XL, with random weights in float16.

    python3 synthetic.py sd15 FOLDER --tokenizer DIR
    python3 synthetic.py xl FOLDER --tokenizer DIR

For timing and memory: its pictures are noise. Needs what compare.py needs; XL takes 7 GB on disk.
"""

import argparse
import json
import os
import shutil

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

SD15_UNET = dict(sample_size=64, block_out_channels=(320, 640, 1280, 1280), cross_attention_dim=768, attention_head_dim=8)
XL_UNET = dict(
    sample_size=128, block_out_channels=(320, 640, 1280), cross_attention_dim=2048, attention_head_dim=(5, 10, 20),
    down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
    up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"), transformer_layers_per_block=(1, 2, 10),
    use_linear_projection=True, addition_embed_type="text_time", addition_time_embed_dim=256,
    projection_class_embeddings_input_dim=2816)
VAE = dict(block_out_channels=(128, 256, 512, 512), layers_per_block=2, latent_channels=4,
           down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4)
CLIP_L = dict(hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12,
              max_position_embeddings=77, vocab_size=49408, hidden_act="quick_gelu", projection_dim=768)
CLIP_G = dict(hidden_size=1280, intermediate_size=5120, num_hidden_layers=32, num_attention_heads=20,
              max_position_embeddings=77, vocab_size=49408, hidden_act="gelu", projection_dim=1280)
SCHEDULER = dict(_class_name="EulerDiscreteScheduler", beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear",
                 num_train_timesteps=1000, timestep_spacing="leading", steps_offset=1)


def write(folder, build, name):
    """Norms begin as nothing changed, all else small: so that numbers stay finite."""
    with torch.device("meta"):
        network = build()
    os.makedirs(folder)
    weights = {}
    for key, value in network.state_dict().items():
        if value.is_floating_point():
            is_norm_scale = "norm" in key and key.endswith("weight")
            weights[key] = torch.ones(value.shape, dtype=torch.float16) if is_norm_scale else (
                torch.randn(value.shape, dtype=torch.float16) * 0.02)
    save_file(weights, os.path.join(folder, name + ".safetensors"), metadata={"format": "pt"})
    config = network.config.to_dict() if hasattr(network.config, "to_dict") else dict(network.config)
    config["_class_name"] = type(network).__name__
    with open(os.path.join(folder, "config.json"), "w") as file:
        json.dump(config, file, indent=1, default=str)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("size", choices=("sd15", "xl"))
    parser.add_argument("folder")
    parser.add_argument("--tokenizer", required=True, help="folder with CLIP's vocab.json and merges.txt")
    options = parser.parse_args()
    is_xl = options.size == "xl"
    part = lambda name: os.path.join(options.folder, name)
    write(part("unet"), lambda: UNet2DConditionModel(**(XL_UNET if is_xl else SD15_UNET)), "diffusion_pytorch_model")
    write(part("vae"), lambda: AutoencoderKL(**VAE), "diffusion_pytorch_model")
    write(part("text_encoder"), lambda: CLIPTextModel(CLIPTextConfig(**CLIP_L)), "model")
    shutil.copytree(options.tokenizer, part("tokenizer"))
    if is_xl:
        write(part("text_encoder_2"), lambda: CLIPTextModelWithProjection(CLIPTextConfig(**CLIP_G)), "model")
        shutil.copytree(options.tokenizer, part("tokenizer_2"))
    os.makedirs(part("scheduler"))
    with open(os.path.join(part("scheduler"), "scheduler_config.json"), "w") as file:
        json.dump(SCHEDULER, file)
    with open(part("model_index.json"), "w") as file:
        json.dump({"_class_name": "StableDiffusionXLPipeline" if is_xl else "StableDiffusionPipeline"}, file)


if __name__ == "__main__":
    main()
