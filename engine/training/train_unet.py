"""Trains the UNet on encoded drawings; the text encoder learns on with it, slowly.

    python3 train_unet.py --latents training-run/latents --text training-run/text.pt \
        --tokenizer training-run/tokenizer --minutes 65 --out training-run/unet.pt

Captions are worded anew at each use, a tenth of them empty for classifier-free guidance.
What is sampled and exported is the running average of the weights.
"""

import argparse
import copy
import os

import torch
import torch.nn.functional as F
from torch import nn

import configs
from devices import Peers, Threads, load, mixed_precision, prepare
from diffusion import STEPS, noised, sample, signal_shares
from latent_files import Latents
from networks import AutoencoderKL, UNet2DConditionModel
from picture_files import contact_sheet, to_bytes, write_png
from runs import Run
from schedules import learning_rate, set_rate
from tokenizer import Tokenizer
from train_text import new_encoder

SIMPLE, COMPOSE = 0.75, 0.72  # mostly single structures at first: words before sentences
SHAPES_APPEAR, OFTEN = (40, 600), 0.75
# Layout before detail: the brightness differences within 8×8 pixels can't be foretold, yet would make up most of the loss.
CHANNEL_WEIGHTS = (1.6, 1.6, 1.6, 0.4, 0.4, 0.4)
TEXT_RATE = 0.2  # the text encoder's learning rate, as a share of the UNet's
SHOWN = [f"{count} {colour} {kind} on a {tone} background" for count, colour, kind, tone in (
    ("many", "green", "nuclei", "dark"), ("a few", "red", "yeast cells", "dark"),
    ("many", "cyan", "beads", "dark"), ("many", "magenta", "bacteria", "light"),
    ("a few", "blue", "membranes", "light"), ("a few", "yellow", "neurons", "dark"),
    ("many", "orange", "filaments", "dark"), ("many", "red", "puncta", "light"))] + [
    "a few blue nuclei and many yellow puncta on a dark background",
    "many green filaments and a few magenta beads on a dark background",
    "a noisy image of a few white bacteria and many red membranes on a dark background",
    "an out of focus micrograph of many cyan nuclei on a dark background",
    "many red bacteria and a few blue yeast cells on a light background",
    "a few black neurons on a light background", "a few green puncta on a dark background",
    "an H&E stained tissue section with many glands"]


class Conditioned(nn.Module):
    """The UNet with the text encoder that leads it."""

    def __init__(self, tokenizer):
        super().__init__()
        self.unet, self.text = UNet2DConditionModel(configs.UNET), new_encoder(tokenizer)

    def forward(self, x, timesteps, ids):
        return self.unet(x, timesteps, self.text(ids))


def optimizer_of(model, rate):
    """Of the UNet and, slower, of the text encoder."""
    parts = [{"params": model.unet.parameters(), "share": 1.0}, {"params": model.text.parameters(), "share": TEXT_RATE}]
    return torch.optim.AdamW(parts, rate, betas=(0.9, 0.99), weight_decay=0.01, fused=True)


def random_timesteps(number):
    """Mostly from where shapes appear: above it there is hardly any signal, below it hardly any noise.

    One timestep from each of as many equal stretches, in random order: less chance in the loss.
    """
    position = (torch.rand(number) + torch.arange(number)) / number
    low, high = SHAPES_APPEAR
    often = position < OFTEN
    return torch.where(often, low + (high - low) * position / OFTEN, STEPS * (position - OFTEN) / (1 - OFTEN)).long()


class Average:
    """An exponential moving average of weights, short at first."""

    def __init__(self, model, decay=0.998):
        self.model, self.decay, self.steps = copy.deepcopy(model).eval().requires_grad_(False), decay, 0

    @torch.no_grad()
    def update(self, model):
        self.steps += 1
        keep = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for mean, new in zip(self.model.parameters(), model.parameters()):
            mean.lerp_(new, 1 - keep)


@torch.no_grad()
def show(model, vae, tokenizer, texts, device, path, guidance=4.0):
    encode = lambda texts: model.text(torch.tensor([tokenizer.encode(text) for text in texts]).to(device))
    with mixed_precision(device):
        latents = sample(model.unet, encode(texts), encode([""]), guidance=guidance)
    pictures = to_bytes(vae.decode(latents)).cpu()
    write_png(contact_sheet(list(pictures), 8), path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--latents", default="training-run/latents")
    parser.add_argument("--text", default="training-run/text.pt")
    parser.add_argument("--tokenizer", default="training-run/tokenizer")
    parser.add_argument("--out", default="training-run/unet.pt")
    parser.add_argument("--start-from", help="an earlier run's file, whose averaged weights a new run starts with")
    parser.add_argument("--minutes", type=float, default=65)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--show", type=int, default=600, help="steps from one contact sheet to the next")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--compile", action="store_true", help="PyTorch 2: a third faster after a minute or two")
    options = parser.parse_args()
    peers = Peers()
    device, tokenizer = prepare(options.device), Tokenizer.load(options.tokenizer)
    vae = AutoencoderKL(configs.VAE).to(device).eval()
    vae.load_state_dict(load(os.path.join(options.latents, "vae.pt"), map_location=device))
    model, data = Conditioned(tokenizer).to(device), Latents(options.latents)
    model.text.load_state_dict(load(options.text, map_location=device)["encoder"])
    if options.start_from:
        model.load_state_dict(load(options.start_from, map_location=device)["average"])
    model = model.to(memory_format=torch.channels_last)
    average, optimizer = Average(model), optimizer_of(model, options.rate)
    run = Run(options.out, options.minutes, device, model=model, average=average.model, optimizer=optimizer)
    average.steps, clock, shares, mean = run.step, run.clock, signal_shares().to(device), 1.0
    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.1f} million parameters, {len(data.scenes)} pictures", flush=True)
    predict = torch.compile(model) if options.compile else model
    weights = torch.tensor(CHANNEL_WEIGHTS, device=device)[:, None, None]
    threads, finished = Threads(device), False
    while not finished:
        set_rate(optimizer, learning_rate(options.rate, run.step, clock.progress))
        latents, ids = (x.to(device) for x in data.batch(options.batch, tokenizer, run.step * peers.number + peers.rank,
                                                   SIMPLE if clock.progress < COMPOSE else 0.0))
        timesteps = random_timesteps(options.batch).to(device)
        x, velocity = noised(latents, torch.randn_like(latents), timesteps, shares)
        with mixed_precision(device):
            found = predict(x.contiguous(memory_format=torch.channels_last), timesteps, ids)
        loss = ((found.float() - velocity).square() * weights).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        threads.step()
        average.update(model)
        mean = loss.item() if run.step == 0 else 0.99 * mean + 0.01 * loss.item()
        run.step += 1
        finished = peers.agree(run.step, model, clock.progress == 1)
        if run.step % 100 == 0:
            data.refresh()
        if peers.rank == 0 and (run.step % 100 == 0 or finished):
            print(f"step {run.step} minute {clock.spent / 60:.1f} loss {mean:.4f} pictures {len(data.scenes)} threads {torch.get_num_threads()}", flush=True)
            run.save()
        if peers.rank == 0 and run.step % options.show == 0:
            show(average.model, vae, tokenizer, SHOWN, device, options.out.replace(".pt", ".png"))


if __name__ == "__main__":
    main()
