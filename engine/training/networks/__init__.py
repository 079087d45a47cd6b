"""The three networks of a Stable Diffusion checkpoint, in plain PyTorch.

Parameters carry the names that transformers (CLIPTextModel) and diffusers
(UNet2DConditionModel, AutoencoderKL) give them, and the arithmetic is theirs,
so that what is trained here opens in every program that reads that layout.
Each network is built from the `config.json` that is exported beside its weights.
"""

from .clip_text import ClipTextModel
from .unet import UNet2DConditionModel
from .vae import AutoencoderKL

__all__ = ["AutoencoderKL", "ClipTextModel", "UNet2DConditionModel"]
