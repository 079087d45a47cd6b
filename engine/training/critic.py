"""A classifier like the judge, but of latents, and of the drawings that training may see.

    python3 critic.py --latents training-run/latents --minutes 12 --out training-run/critic.pt

refine_unet.py asks it what a generated picture shows. It and the judge of the evaluation share
no drawing: they come from two streams, and what is held out is in the judge's alone.
"""

import argparse

import torch
from torch import nn

import attributes
import configs
from devices import Peers, load, mixed_precision, prepare, save
from judge import Judge, accuracy, convolution
from latent_files import Latents
from networks import AutoencoderKL
from schedules import Clock, learning_rate
from symmetry import turned

HELD_BACK = 1024
NOISE = 0.25


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.layers = nn.Sequential(*(layer for _ in range(2) for layer in (
            nn.GroupNorm(8, width), nn.SiLU(), nn.Conv2d(width, width, 3, padding=1))))

    def forward(self, x):
        return x + self.layers(x)


class LatentCritic(Judge):
    """The judge's way of reading, over features of latents. Small and smooth."""

    def __init__(self, latents=6, narrow=64, width=128):
        super().__init__(width=width)
        self.features = nn.Sequential(
            nn.Conv2d(latents, narrow, 3, padding=1), Residual(narrow),
            nn.Conv2d(narrow, width, 4, 2, 1), Residual(width), Residual(width), Residual(width),
            nn.GroupNorm(8, width), nn.SiLU())

    def forward(self, latents):
        return self.read(self.features(latents))


class DecoderCritic(Judge):
    """Reads what the first half of a decoder makes of latents, 64 channels at 32×32: shapes lie open there.

    Within one latent there is a quarter of a ring; a network that has learnt to draw it need not learn again to see it.
    """

    def __init__(self, width=128):
        super().__init__(width=width)
        self.decoder, channels = AutoencoderKL(configs.VAE).requires_grad_(False), configs.VAE["block_out_channels"][-2]
        del self.decoder.encoder, self.decoder.quant_conv
        self.features = nn.Sequential(
            *convolution(channels, 96, stride=2), *convolution(96, width),
            *convolution(width, width, dilation=2), *convolution(width, width, dilation=4))

    def forward(self, latents):
        decoder, x = self.decoder.decoder, self.decoder.post_quant_conv(latents)
        x = decoder.up_blocks[0](decoder.mid_block(decoder.conv_in(x)))
        for resnet in decoder.up_blocks[1].resnets:
            x = resnet(x)
        return self.read(self.features(x))


def degraded(latents):
    """Half of them with noise, so that no detail alone decides."""
    strength = NOISE * torch.rand(len(latents), 1, 1, 1, device=latents.device)
    strength = strength * (torch.rand_like(strength) < 0.5)
    return latents + strength * torch.randn_like(latents)


def load_critic(path, device="cpu"):
    state = load(path, map_location=device)["critic"]
    critic = DecoderCritic() if "decoder.post_quant_conv.weight" in state else LatentCritic()
    critic.load_state_dict(state)
    return critic.to(device).to(memory_format=torch.channels_last)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--latents", default="training-run/latents")
    parser.add_argument("--out", default="training-run/critic.pt")
    parser.add_argument("--decoder", help="a decoder whose first half the critic looks through")
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--compile", action="store_true", help="PyTorch 2: faster after a minute or two")
    options = parser.parse_args()
    peers, device, data = Peers(), prepare(options.device), Latents(options.latents)
    critic = DecoderCritic() if options.decoder else LatentCritic()
    if options.decoder:
        critic.decoder.load_state_dict(load(options.decoder)["vae"], strict=False)
    critic = critic.to(device, memory_format=torch.channels_last)
    latents, wanted = data.latents.to(device), attributes.targets(data.scenes, device)
    part = lambda rows: {name: value[rows] for name, value in wanted.items()}
    learnt = [parameter for parameter in critic.parameters() if parameter.requires_grad]
    seen, clock, step, finished = torch.compile(critic) if options.compile else critic, Clock(options.minutes), 0, False
    optimizer = torch.optim.AdamW(learnt, options.rate, weight_decay=0.02)
    while not finished:
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(options.rate, step, clock.progress)
        chosen = torch.randint(HELD_BACK, len(latents), (options.batch,))
        x = degraded(turned(latents[chosen].float(), step % 8))
        with mixed_precision(device):
            outputs = seen(x.contiguous(memory_format=torch.channels_last))
        loss, _ = attributes.loss_and_accuracy({name: value.float() for name, value in outputs.items()}, part(chosen))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(critic.parameters(), 1.0)
        optimizer.step()
        step += 1
        finished = peers.agree(step, critic, clock.progress == 1)
        if peers.rank == 0 and (step % 400 == 0 or finished):
            right = accuracy(critic, latents[:HELD_BACK].float(), part(slice(0, HELD_BACK)))
            print(f"step {step} minute {clock.spent / 60:.1f} loss {loss.item():.3f} on drawings held back: "
                  + " ".join(f"{name} {value:.3f}" for name, value in right.items()), flush=True)
            save({"critic": critic.state_dict(), "accuracy": right}, options.out)


if __name__ == "__main__":
    main()
