"""Trains the UNet on encoded drawings; the text encoder learns on with it, slowly.

    python3 train_unet.py --latents training-run/latents --text training-run/text.pt \
        --tokenizer training-run/tokenizer --minutes 65 --out training-run/unet.pt

Captions are worded anew at each use, a tenth of them empty for classifier-free guidance.
What is sampled and exported is the running average of the weights.
"""

import copy
import os

import torch
from torch import nn

import configs
from devices import Peers, Threads, load, mixed_precision, prepare
from diffusion import STEPS, noised, sample, signal_shares
from latent_files import Latents
from networks import AutoencoderKL, UNet2DConditionModel
from picture_files import contact_sheet, to_bytes, write_png
from runs import Means, Run, load_run, options_of, train
from schedules import set_rate
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


def noise_loss(predict, latents, ids, shares, channel_weights):
    """How far off the noise is that a conditioned network finds in noised latents, each at a timestep of its own."""
    device = latents.device
    timesteps = random_timesteps(len(latents)).to(device)
    x, velocity = noised(latents, torch.randn_like(latents), timesteps, shares)
    with mixed_precision(device):
        found = predict(x.contiguous(memory_format=torch.channels_last), timesteps, ids)
    return ((found.float() - velocity).square() * torch.tensor(channel_weights, device=device)[:, None, None]).mean()


class Training:
    """The UNet with its text encoder, and the encoded drawings they learn from."""

    def __init__(self, options):
        self.options, self.peers, self.device, self.means = options, Peers(), prepare(options.device), Means()
        self.tokenizer, self.data, self.threads = Tokenizer.load(options.tokenizer), Latents(options.latents), Threads(self.device)
        self.vae = AutoencoderKL(configs.VAE).to(self.device).eval()
        self.vae.load_state_dict(load(os.path.join(options.latents, "vae.pt"), map_location=self.device))
        model = Conditioned(self.tokenizer).to(self.device)
        if options.start_from:
            model.load_state_dict(load_run(options.start_from, self.device)["average"])
        else:
            model.text.load_state_dict(load(options.text, map_location=self.device)["encoder"])
        self.learners = model.to(memory_format=torch.channels_last)
        self.average, self.optimizer = Average(self.learners), optimizer_of(self.learners, options.rate)
        self.run = Run(options.out, options.minutes, self.device, model=self.learners, average=self.average.model, optimizer=self.optimizer)
        self.average.steps, self.shares = self.run.step, signal_shares().to(self.device)
        self.predict = torch.compile(self.learners) if options.compile else self.learners
        print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.1f} million parameters, {len(self.data.scenes)} pictures", flush=True)

    def step(self, scale):
        set_rate(self.optimizer, self.options.rate * scale)
        simple = SIMPLE if self.run.clock.progress < COMPOSE else 0.0
        number = self.run.step * self.peers.number + self.peers.rank
        latents, ids = (x.to(self.device) for x in self.data.batch(self.options.batch, self.tokenizer, number, simple))
        loss = noise_loss(self.predict, latents, ids, self.shares, CHANNEL_WEIGHTS)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.learners.parameters(), 1.0)
        self.optimizer.step()
        self.average.update(self.learners)
        self.means.add(loss=loss.item())
        self.threads.step()
        if self.run.step % 100 == 99:
            self.data.refresh()

    def show(self, path):
        show(self.average.model, self.vae, self.tokenizer, SHOWN, self.device, path)


def parse():
    parser = options_of(__doc__, "unet.pt", minutes=65, batch=32, show=600)
    parser.add_argument("--latents", default="training-run/latents")
    parser.add_argument("--text", default="training-run/text.pt")
    parser.add_argument("--tokenizer", default="training-run/tokenizer")
    parser.add_argument("--start-from", help="an earlier run's file, or a checkpoint's folder, whose weights a new run starts with")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--compile", action="store_true", help="PyTorch 2: a third faster after a minute or two")
    return parser.parse_args()


if __name__ == "__main__":
    options = parse()
    train(Training(options), options.show)
