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
import os

import torch
from torch import nn

import attributes
import configs
from critic import PictureCritic, load_critic
from devices import Peers, load, mixed_precision, prepare, save
from diffusion import STEPS, ddim_step, noised, signal_shares
from drawings import RandomNumbers, caption, sample_scene
from judge import load_judge
from latent_files import Latents
from learning_critic import Asked, Rival, shares_right
from networks import AutoencoderKL
from schedules import Clock, learning_rate
from symmetry import turned
from tokenizer import Tokenizer
from train_unet import SHOWN, Average, Conditioned, optimizer_of, random_timesteps, set_rate, show

SAMPLER_STEPS, LEARNING_STEPS = (8, 12), 4
CHANNEL_WEIGHTS = (1.3, 1.3, 1.3, 0.7, 0.7, 0.7)
UNGUIDED, GUIDANCE = 0.25, (1.5, 2.5)
RIVAL_SHARE = 0.3  # of the rival's say, beside the critic's
NOISE_SHARE = 1.5  # of learning to remove noise, beside an answer's gradient of length 1


def prompts(number, tokenizer, step):
    """Scenes that training may see, and captions that say all of their structures."""
    scenes, texts = [], []
    for i in range(number):
        rng = RandomNumbers("refine", step * number + i)
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


def generate(unet, context, empty, guidance, shares, device):
    """Latents sampled with DDIM, [N, 6, 16, 16]: their graph leads to a few steps' predictions, not through them."""
    config, times = configs.UNET, sampler_times()
    learning = set(torch.randperm(len(times))[:LEARNING_STEPS].tolist())
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


class Means:
    """Running means of what a run reports."""

    def __init__(self):
        self.values = {}

    def add(self, **values):
        for name, value in values.items():
            self.values[name] = 0.97 * self.values.get(name, value) + 0.03 * value

    def __str__(self):
        return " ".join(f"{name} {value:.3f}" for name, value in self.values.items())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--latents", default="training-run/latents")
    parser.add_argument("--tokenizer", default="training-run/tokenizer")
    parser.add_argument("--start-from", default="training-run/unet.pt", help="a run of train_unet.py")
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
    options = parser.parse_args()
    peers = Peers()
    device, tokenizer, data = prepare(options.device), Tokenizer.load(options.tokenizer), Latents(options.latents)
    vae = AutoencoderKL(configs.VAE).to(device, memory_format=torch.channels_last).eval()
    vae.load_state_dict(load(options.decoder, map_location=device)["vae"])
    model = Conditioned(tokenizer).to(device)
    model.load_state_dict(load(options.start_from, map_location=device)["average"])
    model = model.to(memory_format=torch.channels_last)
    critic = Asked(PictureCritic(load_judge(options.critic, device), vae, options.compile), device)
    rival = Rival(load_critic(options.rival, device), device, options.rival_rate)
    learners, average = nn.ModuleList([model, rival.network]), Average(model)
    optimizer = optimizer_of(model, options.rate)
    targets, step, spent = attributes.targets(data.scenes, device), 0, 0.0
    if os.path.exists(options.out):
        state = load(options.out, map_location=device)
        learners.load_state_dict(state["learners"])
        average.model.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        rival.optimizer.load_state_dict(state["rival"])
        average.steps = step = state["step"]
        spent = state["spent"]
    unet = torch.compile(model.unet) if options.compile else model.unet
    clock, shares, means, finished = Clock(options.minutes, spent), signal_shares().to(device), Means(), False
    empty = torch.tensor([tokenizer.encode("")]).to(device)
    weights = torch.tensor(CHANNEL_WEIGHTS, device=device)[:, None, None]
    while not finished:
        scale = learning_rate(1.0, step, clock.progress, warm_up=50)
        set_rate(optimizer, options.rate * scale)
        number = step * peers.number + peers.rank
        optimizer.zero_grad(set_to_none=True)

        scenes, ids = prompts(options.batch, tokenizer, number)
        wanted = attributes.targets(scenes, device)
        generated = generate(unet, model.text(ids.to(device)), model.text(empty).detach(), random_guidance(), shares, device)
        (outputs, asked, pull), (_, rivals, push) = critic.asked(generated, wanted), rival.asked(generated, wanted)
        generated.backward(pull + RIVAL_SHARE * push)
        means.add(asked=asked, rivals=rivals, pull=float(nn.utils.clip_grad_norm_(model.parameters(), 1.0)), **shares_right(outputs, wanted))

        latents, ids = (x.to(device) for x in data.batch(options.batch, tokenizer, number, 0.5))
        timesteps = random_timesteps(options.batch).to(device)
        x, velocity = noised(latents, torch.randn_like(latents), timesteps, shares)
        with mixed_precision(device):
            found = unet(x.contiguous(memory_format=torch.channels_last), timesteps, model.text(ids))
        loss = ((found.float() - velocity).square() * weights).mean()
        (NOISE_SHARE * loss).backward()
        means.add(noise=loss.item(), both=float(nn.utils.clip_grad_norm_(model.parameters(), 1.0)))
        optimizer.step()
        average.update(model)

        chosen = torch.randint(len(data.scenes), (2 * options.batch,))
        drawings = turned(data.latents[chosen].to(device).float(), step % 8)
        shown = {name: value[chosen] for name, value in targets.items()}
        drawn, fake = rival.learn(drawings, shown, generated.detach(), scale)
        means.add(drawn=drawn, fake=fake)
        step += 1
        finished = peers.agree(step, learners, clock.progress == 1)
        if peers.rank == 0 and (step % 25 == 0 or finished):
            print(f"step {step} minute {clock.spent / 60:.1f} {means}", flush=True)
        if peers.rank == 0 and (step % 50 == 0 or finished):
            save({"learners": learners.state_dict(), "average": average.model.state_dict(), "optimizer": optimizer.state_dict(),
                  "rival": rival.optimizer.state_dict(), "step": step, "spent": clock.spent}, options.out)
        if peers.rank == 0 and step % options.show == 0:
            show(average.model, vae, tokenizer, SHOWN, device, options.out.replace(".pt", ".png"), guidance=1.0)


if __name__ == "__main__":
    main()
