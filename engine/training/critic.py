"""A classifier like the judge, but of latents, and of the drawings that training may see.

    python3 critic.py --latents training-run/latents --minutes 12 --out training-run/critic.pt

refine_unet.py asks it what a generated picture shows. It and the judge of the evaluation share
no drawing: they come from two streams, and what is held out is in the judge's alone.
"""

import argparse

import torch
from torch import nn

import attributes
from devices import load, mixed_precision, prepare, save
from judge import Judge
from latent_files import Latents
from schedules import Clock, learning_rate
from symmetry import turned

HELD_BACK = 1024
NOISE = 0.4


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.layers = nn.Sequential(*(layer for _ in range(2) for layer in (
            nn.GroupNorm(8, width), nn.SiLU(), nn.Conv2d(width, width, 3, padding=1))))

    def forward(self, x):
        return x + self.layers(x)


class Critic(Judge):
    """The judge's way of reading, over features of latents. Smooth, as it is to be climbed."""

    def __init__(self, latents=6, narrow=64, width=128):
        super().__init__(width=width)
        self.features = nn.Sequential(
            nn.Conv2d(latents, narrow, 3, padding=1), Residual(narrow),
            nn.Conv2d(narrow, width, 4, 2, 1), Residual(width), Residual(width), Residual(width),
            nn.GroupNorm(8, width), nn.SiLU())

    def forward(self, latents):
        return self.read(self.features(latents))


def degraded(latents):
    """Half of them with noise, so that no detail alone decides."""
    strength = NOISE * torch.rand(len(latents), 1, 1, 1, device=latents.device)
    strength = strength * (torch.rand_like(strength) < 0.5)
    return latents + strength * torch.randn_like(latents)


def load_critic(path, device="cpu"):
    critic = Critic().to(device)
    critic.load_state_dict(load(path, map_location=device)["critic"])
    return critic.to(memory_format=torch.channels_last)


@torch.no_grad()
def accuracy(critic, latents, wanted):
    outputs = [critic(part.float()) for part in latents.split(128)]
    joined = {name: torch.cat([o[name] for o in outputs]) for name in outputs[0]}
    return attributes.loss_and_accuracy(joined, wanted)[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--latents", default="training-run/latents")
    parser.add_argument("--out", default="training-run/critic.pt")
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--compile", action="store_true", help="PyTorch 2: faster after a minute or two")
    options = parser.parse_args()
    device = prepare(options.device)
    data, critic = Latents(options.latents), Critic().to(device, memory_format=torch.channels_last)
    latents, wanted = data.latents.to(device), attributes.targets(data.scenes, device)
    part = lambda rows: {name: value[rows] for name, value in wanted.items()}
    seen, clock, step = torch.compile(critic) if options.compile else critic, Clock(options.minutes), 0
    optimizer = torch.optim.AdamW(critic.parameters(), options.rate, weight_decay=0.02)
    while clock.progress < 1:
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
        if step % 400 == 0 or clock.progress == 1:
            right = accuracy(critic, latents[:HELD_BACK], part(slice(0, HELD_BACK)))
            print(f"step {step} minute {clock.spent / 60:.1f} loss {loss.item():.3f} on drawings held back: "
                  + " ".join(f"{name} {value:.3f}" for name, value in right.items()), flush=True)
            save({"critic": critic.state_dict(), "accuracy": right}, options.out)


if __name__ == "__main__":
    main()
