"""Teaches the UNet to draw what the prompt says, by what critics see in the pictures it makes.

    python3 refine_unet.py --start-from training-run/unet.pt --critic training-run/critic.pt \
        --minutes 60 --out training-run/refined.pt

Learning to remove noise alone takes a small network millions of pictures until a structure looks
like itself. Here it makes whole pictures from prompts, two critics are asked which structures they
show, in which colour, few or many, and the answer's gradient goes back to some of the sampler's
steps, past the network's own inputs ("Deep Reward Tuning", Wu et al. 2024). One looks at the decoded
pictures and stays as judge.py left it; the other, the rival, looks at latents and learns on, drawings
against the UNet's pictures, in which it is to find nothing, so that a picture has to look drawn and
not just please a classifier (as in GANs with an auxiliary classifier, Odena et al. 2017). Beside that
the UNet goes on learning to remove noise. Prompts are never held-out ones, and the judge of the
evaluation has no part in it.
"""

import argparse

import torch
from torch import nn

import attributes
import configs
from critic import PictureCritic, ThroughDecoder, load_critic
from devices import Peers, load, mixed_precision, prepare
from diffusion import STEPS, ddim_step, noised, signal_shares
from drawings import RandomNumbers, caption, sample_scene
from judge import load_judge
from latent_files import Latents
from learning_critic import Asked, Rival, shares_right
from runs import Means, Run, refine
from schedules import set_rate
from symmetry import turned
from tokenizer import Tokenizer
from train_unet import SHOWN, Average, Conditioned, optimizer_of, random_timesteps, show
from train_vae import load_vae

SAMPLER_STEPS, LEARNING_STEPS = (8, 12), 4
CHANNEL_WEIGHTS = (1.3, 1.3, 1.3, 0.7, 0.7, 0.7)
UNGUIDED, GUIDANCE = 0.25, (1.5, 2.5)
RIVAL_SHARE = 0.3  # of the rival's say, beside the critic's
NOISE_SHARE = 1.5  # of learning to remove noise, beside an answer's gradient of length 1


def prompts(number, tokenizer, step, stream="refine"):
    """Scenes that training may see, and captions that say all of their structures."""
    scenes, texts = [], []
    for i in range(number):
        rng = RandomNumbers(stream, step * number + i)
        scenes.append(sample_scene(rng))
        texts.append(caption(scenes[-1], rng, complete=True))
    return scenes, torch.tensor([tokenizer.encode(text) for text in texts])


def sampler_times():
    """Timesteps from the last one down, evenly but for chance, so that no sampler's own are learnt."""
    number = int(torch.randint(SAMPLER_STEPS[0], SAMPLER_STEPS[1] + 1, ()))
    shift = torch.rand(number) * (torch.arange(number) > 0)
    return ((STEPS - 1) - (torch.arange(number) - 0.5 * shift) * STEPS / number).round().long().clamp(1, STEPS - 1)


def random_guidance():
    """Around what pictures are made with, and none."""
    return 1.0 if torch.rand(()) < UNGUIDED else float(torch.empty(()).uniform_(*GUIDANCE))


def generate(unet, context, empty, guidance, shares, device, learning_steps=LEARNING_STEPS):
    """Latents sampled with DDIM, [N, 6, 16, 16]: their graph leads to a few steps' predictions, not through them."""
    config, times = configs.UNET, sampler_times()
    learning = set(torch.randperm(len(times))[:learning_steps].tolist())
    x = torch.randn(len(context), config["in_channels"], config["sample_size"], config["sample_size"], device=device)
    for i, t in enumerate(times.tolist()):
        seen, timesteps = x.detach().contiguous(memory_format=torch.channels_last), torch.full((len(x),), t, device=device)
        with torch.set_grad_enabled(i in learning), mixed_precision(device):
            velocity = unet(seen, timesteps, context if i in learning else context.detach()).float()
        if guidance != 1:
            with torch.no_grad(), mixed_precision(device):
                plain = unet(seen, timesteps, empty.expand_as(context)).float()
            velocity = plain + guidance * (velocity - plain)
        x = ddim_step(x, velocity, shares[t], shares[times[i + 1] if i + 1 < len(times) else 0])
    return x


class Refining:
    """The UNet and its rival, and what they learn from."""

    def __init__(self, options):
        self.options, self.peers, self.device, self.means = options, Peers(), prepare(options.device), Means()
        self.tokenizer, self.data = Tokenizer.load(options.tokenizer), Latents(options.latents)
        self.targets = attributes.targets(self.data.scenes, self.device)
        self.vae = load_vae(options.decoder, self.device).eval()
        self.model = Conditioned(self.tokenizer).to(self.device)
        self.model.load_state_dict(load(options.start_from, map_location=self.device)["average"])
        self.model = self.model.to(memory_format=torch.channels_last)
        self.unet = torch.compile(self.model.unet) if options.compile else self.model.unet
        looks = PictureCritic(load_judge(options.critic, self.device), compiled=options.compile)
        self.critic = Asked(ThroughDecoder(looks, self.vae), self.device)
        self.rival = Rival(load_critic(options.rival, self.device), self.device, options.rival_rate)
        self.learners, self.average = nn.ModuleList([self.model, self.rival.network]), Average(self.model)
        self.optimizer = optimizer_of(self.model, options.rate)
        self.run = Run(options.out, options.minutes, self.device, learners=self.learners, average=self.average.model,
                       optimizer=self.optimizer, rival=self.rival.optimizer)
        self.average.steps = self.run.step
        self.shares = signal_shares().to(self.device)
        self.empty = torch.tensor([self.tokenizer.encode("")]).to(self.device)
        self.weights = torch.tensor(CHANNEL_WEIGHTS, device=self.device)[:, None, None]

    def step(self, scale):
        set_rate(self.optimizer, self.options.rate * scale)
        self.optimizer.zero_grad(set_to_none=True)
        number = self.run.step * self.peers.number + self.peers.rank
        generated = self.ask(number)
        self.remove_noise(number)
        self.optimizer.step()
        self.average.update(self.model)
        self.rival_learns(generated, scale)

    def ask(self, number):
        """Adds what the critics' answers ask of the weights to their gradients, and returns the latents asked about."""
        scenes, ids = prompts(self.options.batch, self.tokenizer, number)
        wanted, text = attributes.targets(scenes, self.device), self.model.text
        generated = generate(self.unet, text(ids.to(self.device)), text(self.empty).detach(), random_guidance(), self.shares, self.device)
        (outputs, asked, pull), (_, rivals, push) = self.critic.asked(generated, wanted), self.rival.asked(generated, wanted)
        generated.backward(pull + RIVAL_SHARE * push)
        self.means.add(asked=asked, rivals=rivals, pull=self.limit(), **shares_right(outputs, wanted))
        return generated.detach()

    def remove_noise(self, number):
        latents, ids = (x.to(self.device) for x in self.data.batch(self.options.batch, self.tokenizer, number, 0.5))
        timesteps = random_timesteps(self.options.batch).to(self.device)
        x, velocity = noised(latents, torch.randn_like(latents), timesteps, self.shares)
        with mixed_precision(self.device):
            found = self.unet(x.contiguous(memory_format=torch.channels_last), timesteps, self.model.text(ids))
        loss = ((found.float() - velocity).square() * self.weights).mean()
        (NOISE_SHARE * loss).backward()
        self.means.add(noise=loss.item(), both=self.limit())

    def limit(self):
        """The length that the gradient had before it was shortened to 1."""
        return float(nn.utils.clip_grad_norm_(self.model.parameters(), 1.0))

    def rival_learns(self, generated, scale):
        chosen = torch.randint(len(self.data.scenes), (2 * len(generated),))
        drawings = turned(self.data.latents[chosen].to(self.device).float(), self.run.step % 8)
        drawn, fake = self.rival.learn(drawings, {name: value[chosen] for name, value in self.targets.items()}, generated, scale)
        self.means.add(drawn=drawn, fake=fake)

    def show(self, path):
        show(self.average.model, self.vae, self.tokenizer, SHOWN, self.device, path, guidance=1.0)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--latents", default="training-run/latents")
    parser.add_argument("--tokenizer", default="training-run/tokenizer")
    parser.add_argument("--start-from", default="training-run/unet.pt", help="a run of train_unet.py or of this")
    parser.add_argument("--critic", default="training-run/critic.pt", help="a run of judge.py --stream train")
    parser.add_argument("--rival", default="training-run/rival.pt", help="a run of critic.py")
    parser.add_argument("--decoder", default="training-run/decoder.pt", help="through which the critic looks")
    parser.add_argument("--out", default="training-run/refined.pt")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--rival-rate", type=float, default=3e-4)
    parser.add_argument("--show", type=int, default=200, help="steps from one contact sheet to the next")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--compile", action="store_true", help="PyTorch 2: a third faster after a minute or two")
    return parser.parse_args()


if __name__ == "__main__":
    options = parse()
    refine(Refining(options), options.show)
