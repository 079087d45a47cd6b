"""AutoencoderKL: pictures in [-1, 1] to latents and back."""

import torch
import torch.nn.functional as F
from torch import nn

from .layers import Downsample2D, GroupNorm, ResnetBlock2D, Upsample2D, attend

EPS = 1e-6


class Attention(nn.Module):
    """Single-headed self-attention over all positions, with its own norm and a residual."""

    def __init__(self, channels, groups):
        super().__init__()
        self.group_norm = GroupNorm(groups, channels, EPS)
        self.to_q, self.to_k, self.to_v = (nn.Linear(channels, channels) for _ in range(3))
        self.to_out = nn.ModuleList([nn.Linear(channels, channels)])

    def forward(self, x):
        tokens = self.group_norm(x).flatten(2).transpose(1, 2)
        out = attend(self.to_q(tokens), self.to_k(tokens), self.to_v(tokens), 1)
        return x + self.to_out[0](out).transpose(1, 2).reshape(x.shape)


class MidBlock(nn.Module):
    def __init__(self, channels, groups, attention):
        super().__init__()
        self.attentions = nn.ModuleList([Attention(channels, groups)] if attention else [])
        self.resnets = nn.ModuleList(ResnetBlock2D(channels, channels, groups, EPS) for _ in range(2))

    def forward(self, x):
        x = self.resnets[0](x)
        for attention in self.attentions:
            x = attention(x)
        return self.resnets[1](x)


class Block(nn.Module):
    """One resolution: residual blocks, then a change of resolution (none at the last)."""

    def __init__(self, channels, out_channels, layers, groups, resample_name=None, resample=None):
        super().__init__()
        inputs = [channels] + [out_channels] * (layers - 1)
        self.resnets = nn.ModuleList(ResnetBlock2D(c, out_channels, groups, EPS) for c in inputs)
        self.resample_name = resample_name
        if resample_name:
            setattr(self, resample_name, nn.ModuleList([resample]))

    def forward(self, x):
        for resnet in self.resnets:
            x = resnet(x)
        return getattr(self, self.resample_name)[0](x) if self.resample_name else x


class Encoder(nn.Module):
    def __init__(self, config):
        super().__init__()
        widths, groups = config["block_out_channels"], config["norm_num_groups"]
        self.conv_in = nn.Conv2d(config["in_channels"], widths[0], 3, padding=1)
        self.down_blocks = nn.ModuleList()
        for i, width in enumerate(widths):
            down = ("downsamplers", Downsample2D(width, 0)) if i < len(widths) - 1 else ()
            block = Block(widths[max(i - 1, 0)], width, config["layers_per_block"], groups, *down)
            self.down_blocks.append(block)
        self.mid_block = MidBlock(widths[-1], groups, config["mid_block_add_attention"])
        self.conv_norm_out = GroupNorm(groups, widths[-1], EPS)
        self.conv_out = nn.Conv2d(widths[-1], 2 * config["latent_channels"], 3, padding=1)

    def forward(self, x):
        x = self.conv_in(x)
        for block in self.down_blocks:
            x = block(x)
        return self.conv_out(F.silu(self.conv_norm_out(self.mid_block(x))))


class Decoder(nn.Module):
    def __init__(self, config):
        super().__init__()
        widths, groups = config["block_out_channels"][::-1], config["norm_num_groups"]
        self.conv_in = nn.Conv2d(config["latent_channels"], widths[0], 3, padding=1)
        self.up_blocks = nn.ModuleList()
        for i, width in enumerate(widths):
            up = ("upsamplers", Upsample2D(width)) if i < len(widths) - 1 else ()
            block = Block(widths[max(i - 1, 0)], width, config["layers_per_block"] + 1, groups, *up)
            self.up_blocks.append(block)
        self.mid_block = MidBlock(widths[0], groups, config["mid_block_add_attention"])
        self.conv_norm_out = GroupNorm(groups, widths[-1], EPS)
        self.conv_out = nn.Conv2d(widths[-1], config["out_channels"], 3, padding=1)

    def forward(self, z):
        x = self.mid_block(self.conv_in(z))
        for block in self.up_blocks:
            x = block(x)
        return self.conv_out(F.silu(self.conv_norm_out(x)))


class AutoencoderKL(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        latents = config["latent_channels"]
        self.encoder, self.decoder = Encoder(config), Decoder(config)
        self.quant_conv = nn.Conv2d(2 * latents, 2 * latents, 1)
        self.post_quant_conv = nn.Conv2d(latents, latents, 1)

    def moments(self, pictures):
        """Mean and standard deviation of the latents' distribution."""
        mean, log_variance = self.quant_conv(self.encoder(pictures)).chunk(2, 1)
        return mean, torch.exp(0.5 * log_variance.clamp(-30, 20))

    def encode(self, pictures):
        """The distribution's mean, which is what training and this project's encoders use."""
        return self.moments(pictures)[0]

    def decode(self, latents):
        return self.decoder(self.post_quant_conv(latents))
