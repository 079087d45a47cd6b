"""UNet2DConditionModel: noised latents, a timestep and a text to the model's prediction."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from .layers import Downsample2D, GroupNorm, LayerNorm, ResnetBlock2D, Upsample2D, attend


class Attention(nn.Module):
    """Multi-headed attention; to another sequence where one is given."""

    def __init__(self, width, heads, context_width=None):
        super().__init__()
        self.heads = heads
        self.to_q = nn.Linear(width, width, bias=False)
        self.to_k = nn.Linear(context_width or width, width, bias=False)
        self.to_v = nn.Linear(context_width or width, width, bias=False)
        self.to_out = nn.ModuleList([nn.Linear(width, width)])

    def forward(self, x, context=None):
        context = x if context is None else context
        return self.to_out[0](attend(self.to_q(x), self.to_k(context), self.to_v(context), self.heads))


class GatedGelu(nn.Module):
    def __init__(self, width, inner):
        super().__init__()
        self.proj = nn.Linear(width, 2 * inner)

    def forward(self, x):
        value, gate = self.proj(x).chunk(2, -1)
        return value * F.gelu(gate)


class FeedForward(nn.Module):
    def __init__(self, width):
        super().__init__()
        # diffusers keeps a dropout at index 1
        self.net = nn.ModuleList([GatedGelu(width, 4 * width), nn.Identity(), nn.Linear(4 * width, width)])

    def forward(self, x):
        return self.net[2](self.net[0](x))


class TransformerBlock(nn.Module):
    def __init__(self, width, heads, context_width):
        super().__init__()
        self.norm1, self.norm2, self.norm3 = (LayerNorm(width) for _ in range(3))
        self.attn1 = Attention(width, heads)
        self.attn2 = Attention(width, heads, context_width)
        self.ff = FeedForward(width)

    def forward(self, x, context):
        x = x + self.attn1(self.norm1(x))
        x = x + self.attn2(self.norm2(x), context)
        return x + self.ff(self.norm3(x))


class Transformer2D(nn.Module):
    """Transformer blocks over the positions of a feature map, added to it."""

    def __init__(self, channels, heads, context_width, groups, linear, depth):
        super().__init__()
        project = (lambda: nn.Linear(channels, channels)) if linear else (lambda: nn.Conv2d(channels, channels, 1))
        self.linear = linear
        self.norm = GroupNorm(groups, channels, 1e-6)
        self.proj_in = project()
        self.transformer_blocks = nn.ModuleList(
            TransformerBlock(channels, heads, context_width) for _ in range(depth)
        )
        self.proj_out = project()
        nn.init.zeros_(self.proj_out.weight)
        nn.init.zeros_(self.proj_out.bias)

    def forward(self, x, context):
        tokens = lambda h: h.flatten(2).transpose(1, 2)
        h = self.norm(x)
        h = self.proj_in(tokens(h)) if self.linear else tokens(self.proj_in(h))
        for block in self.transformer_blocks:
            h = block(h, context)
        picture = lambda h: h.transpose(1, 2).reshape(x.shape)
        return x + (picture(self.proj_out(h)) if self.linear else self.proj_out(picture(h)))


class Block(nn.Module):
    """Residual blocks, each followed by a transformer where the block has any."""

    def __init__(self, resnets, transformers=(), down=None, up=None):
        super().__init__()
        self.resnets = nn.ModuleList(resnets)
        if transformers:
            self.attentions = nn.ModuleList(transformers)
        if down:
            self.downsamplers = nn.ModuleList([down])
        if up:
            self.upsamplers = nn.ModuleList([up])

    def layer(self, i, x, time, context):
        x = self.resnets[i](x, time)
        return self.attentions[i](x, context) if hasattr(self, "attentions") else x


class TimestepEmbedding(nn.Module):
    def __init__(self, channels, width):
        super().__init__()
        self.channels = channels
        self.linear_1, self.linear_2 = nn.Linear(channels, width), nn.Linear(width, width)

    def forward(self, timesteps):
        half = self.channels // 2
        rates = torch.exp(-math.log(10000) * torch.arange(half, device=timesteps.device) / half)
        angles = timesteps.float()[:, None] * rates
        waves = torch.cat([angles.cos(), angles.sin()], 1)
        return self.linear_2(F.silu(self.linear_1(waves)))


class UNet2DConditionModel(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        widths, layers = config["block_out_channels"], config["layers_per_block"]
        groups, eps, last = config["norm_num_groups"], config["norm_eps"], len(widths) - 1
        resnet = lambda c, out: ResnetBlock2D(c, out, groups, eps, 4 * widths[0])
        # attention_head_dim holds the number of heads: an old mistake that the format keeps
        transformer = lambda c: Transformer2D(
            c, config["attention_head_dim"], config["cross_attention_dim"], groups,
            config["use_linear_projection"], config["transformer_layers_per_block"],
        )
        self.conv_in = nn.Conv2d(config["in_channels"], widths[0], 3, padding=1)
        self.time_embedding = TimestepEmbedding(widths[0], 4 * widths[0])

        self.down_blocks = nn.ModuleList()
        skips, channels = [widths[0]], widths[0]
        for i, width in enumerate(widths):
            crossed = config["down_block_types"][i].startswith("CrossAttn")
            resnets = [resnet(channels if j == 0 else width, width) for j in range(layers)]
            down = Downsample2D(width, config["downsample_padding"]) if i < last else None
            self.down_blocks.append(Block(resnets, [transformer(width) for _ in resnets if crossed], down))
            skips += [width] * (layers + (i < last))
            channels = width

        middle = [resnet(channels, channels), resnet(channels, channels)]
        self.mid_block = Block(middle, [transformer(channels)])

        self.up_blocks = nn.ModuleList()
        for i, width in enumerate(reversed(widths)):
            crossed = config["up_block_types"][i].startswith("CrossAttn")
            resnets = []
            for _ in range(layers + 1):
                resnets.append(resnet(channels + skips.pop(), width))
                channels = width
            up = Upsample2D(width) if i < last else None
            self.up_blocks.append(Block(resnets, [transformer(width) for _ in resnets if crossed], up=up))
        self.conv_norm_out = GroupNorm(groups, widths[0], eps)
        self.conv_out = nn.Conv2d(widths[0], config["out_channels"], 3, padding=1)

    def forward(self, sample, timesteps, context):
        time = self.time_embedding(timesteps.expand(sample.shape[0]))
        x = self.conv_in(sample)
        skips = [x]
        for block in self.down_blocks:
            for i in range(len(block.resnets)):
                x = block.layer(i, x, time, context)
                skips.append(x)
            if hasattr(block, "downsamplers"):
                x = block.downsamplers[0](x)
                skips.append(x)
        x = self.mid_block.resnets[1](self.mid_block.layer(0, x, time, context), time)
        for block in self.up_blocks:
            for i in range(len(block.resnets)):
                x = block.layer(i, torch.cat([x, skips.pop()], 1), time, context)
            if hasattr(block, "upsamplers"):
                x = block.upsamplers[0](x)
        return self.conv_out(F.silu(self.conv_norm_out(x)))
