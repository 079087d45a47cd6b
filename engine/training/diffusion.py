"""The noise schedule, and DDIM samplers: one for looking at pictures while training, one to learn from."""

import torch

import configs
from devices import mixed_precision

STEPS = configs.SCHEDULER["num_train_timesteps"]
SAMPLER_STEPS, LEARNING_STEPS = (8, 12), 4
UNGUIDED, GUIDANCE = 0.15, (1.5, 2.5)


def signal_shares():
    """alphas_cumprod: the share of signal left at each timestep; practically none at the last."""
    betas = torch.linspace(configs.SCHEDULER["beta_start"], configs.SCHEDULER["beta_end"], STEPS, dtype=torch.float64)
    return (1 - betas).cumprod(0).float()


def noised(latents, noise, timesteps, shares):
    """The noised latents and the velocity, which the network learns to predict."""
    share = shares[timesteps][:, None, None, None]
    signal, spread = share.sqrt(), (1 - share).sqrt()
    return signal * latents + spread * noise, signal * noise - spread * latents


def ddim_step(x, velocity, share, then):
    """From one share of signal to the next, without new noise."""
    clean = share.sqrt() * x - (1 - share).sqrt() * velocity
    noise = share.sqrt() * velocity + (1 - share).sqrt() * x
    return then.sqrt() * clean + (1 - then).sqrt() * noise


@torch.no_grad()
def sample(unet, context, empty, steps=20, guidance=4.0, seed=0):
    """Latents for each row of `context`; `empty` is the encoding of the empty text."""
    shares, device = signal_shares().to(context.device), context.device
    config = unet.config
    shape = (len(context), config["in_channels"], config["sample_size"], config["sample_size"])
    x = torch.randn(shape, generator=torch.Generator().manual_seed(seed)).to(device)
    both = torch.cat([empty.expand_as(context), context])
    times = (STEPS - torch.arange(steps) * STEPS / steps).round().long() - 1  # trailing spacing
    for i, t in enumerate(times.tolist()):
        plain, led = unet(x.repeat(2, 1, 1, 1), torch.tensor([t], device=device), both).float().chunk(2)
        velocity = plain + guidance * (led - plain)
        share, then = shares[t], shares[times[i + 1] if i + 1 < steps else 0]
        x = ddim_step(x, velocity, share, then)
    return x


def sampler_times():
    """Timesteps from the last one down, evenly but for chance, so that no sampler's own are learnt."""
    number = int(torch.randint(SAMPLER_STEPS[0], SAMPLER_STEPS[1] + 1, ()))
    shift = torch.rand(number) * (torch.arange(number) > 0)
    return ((STEPS - 1) - (torch.arange(number) - 0.5 * shift) * STEPS / number).round().long().clamp(1, STEPS - 1)


def random_guidance():
    """Around what pictures are made with, and none."""
    return 1.0 if torch.rand(()) < UNGUIDED else float(torch.empty(()).uniform_(*GUIDANCE))


def generate(unet, context, empty, guidance, shares, looking=None):
    """Latents [N, 6, 16, 16], whose graph leads to a few steps' predictions, not through them.

    `looking` is the same network, for the steps from which nothing is learnt: it may be compiled.
    """
    config, times, device, looking = configs.UNET, sampler_times(), context.device, unet if looking is None else looking
    learning = set(torch.randperm(len(times))[:LEARNING_STEPS].tolist())
    x = torch.randn(len(context), config["in_channels"], config["sample_size"], config["sample_size"], device=device)
    for i, t in enumerate(times.tolist()):
        seen, timesteps = x.detach().contiguous(memory_format=torch.channels_last), torch.full((len(x),), t, device=device)
        with torch.set_grad_enabled(i in learning), mixed_precision(device):
            velocity = (unet if i in learning else looking)(seen, timesteps, context if i in learning else context.detach()).float()
        if guidance != 1:
            with torch.no_grad(), mixed_precision(device):
                plain = looking(seen, timesteps, empty.expand_as(context)).float()
            velocity = plain + guidance * (velocity - plain)
        x = ddim_step(x, velocity, shares[t], shares[times[i + 1] if i + 1 < len(times) else 0])
    return x
