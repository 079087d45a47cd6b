"""A classifier like the judge, but of latents, and of the drawings that training may see.

    python3 critic.py --latents training-run/latents --minutes 12 --out training-run/rival.pt

refine_unet.py lets it learn on, drawings against generated pictures. No critic shares a drawing with
the judge of the evaluation: they come from two streams, and what is held out is in the judge's alone.
"""

import argparse

import torch
from torch import nn

import attributes
import symmetry
from devices import Peers, load, mixed_precision, prepare, save
from judge import Judge, accuracy, turned, worn
from latent_files import Latents
from schedules import Clock, learning_rate, set_rate

HELD_BACK = 1024
NOISE = 0.25


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.layers = nn.Sequential(*(layer for _ in range(2) for layer in (
            nn.GroupNorm(8, width), nn.SiLU(), nn.Conv2d(width, width, 3, padding=1))))

    def forward(self, x):
        return x + self.layers(x)


def degraded(latents):
    """Half of them with noise, so that no detail alone decides."""
    strength = NOISE * torch.rand(len(latents), 1, 1, 1, device=latents.device)
    strength = strength * (torch.rand_like(strength) < 0.5)
    return latents + strength * torch.randn_like(latents)


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

    def views(self, latents):
        return [self(degraded(latents).contiguous(memory_format=torch.channels_last))]


class PictureCritic(nn.Module):
    """A judge of drawings that training may see (judge.py --stream train), asked about pictures in -1..1, [N, 3, 128, 128].

    It looks at each in several of the eight ways to turn and mirror it. What one of them wants changed has little in
    common with what another does (cosine 0.14), but to learn from it, it must be the same from one batch of pictures
    to the next, and their mean is more so (of eight: cosine 0.2 instead of 0.03).
    """

    def __init__(self, judge, ways=4, compiled=False):
        super().__init__()
        self.judge, self.ways = judge, ways
        self.look = torch.compile(judge) if compiled else judge

    def views(self, pictures):
        pictures = (pictures + 1) * 127.5
        return [self.look(worn(turned(pictures, i)).contiguous(memory_format=torch.channels_last))
                for i in torch.randperm(8)[: self.ways].tolist()]


class ThroughDecoder(nn.Module):
    """A critic of pictures, asked about what a decoder makes of latents.

    Within one latent there is a quarter of a ring: a classifier of latents alone names all structures of 67 % of
    drawings, one of pictures those of 95 %. The decoder is never compiled: PyTorch 2.13 compiles it, for bfloat16 on a
    CPU, to something whose gradient is zero everywhere before its last block.
    """

    def __init__(self, critic, vae):
        super().__init__()
        self.critic, self.vae = critic, vae

    def views(self, latents):
        return self.critic.views(self.vae.decode(latents.contiguous(memory_format=torch.channels_last)).float())


def load_critic(path, device="cpu"):
    critic = LatentCritic()
    critic.load_state_dict(load(path, map_location=device)["critic"])
    return critic.to(device).to(memory_format=torch.channels_last)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--latents", default="training-run/latents")
    parser.add_argument("--out", default="training-run/rival.pt")
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--compile", action="store_true", help="PyTorch 2: faster after a minute or two")
    options = parser.parse_args()
    peers, device, data = Peers(), prepare(options.device), Latents(options.latents)
    critic = LatentCritic().to(device, memory_format=torch.channels_last)
    latents, wanted = data.latents.to(device), attributes.targets(data.scenes, device)
    part = lambda rows: {name: value[rows] for name, value in wanted.items()}
    seen, clock, step, finished = torch.compile(critic) if options.compile else critic, Clock(options.minutes), 0, False
    optimizer = torch.optim.AdamW(critic.parameters(), options.rate, weight_decay=0.02)
    while not finished:
        set_rate(optimizer, learning_rate(options.rate, step, clock.progress))
        chosen = torch.randint(HELD_BACK, len(latents), (options.batch,))
        x = degraded(symmetry.turned(latents[chosen].float(), step % 8))
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
