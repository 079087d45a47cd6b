"""The noise schedule, and a DDIM sampler for looking at pictures while training."""

import torch

import configs

STEPS = configs.SCHEDULER["num_train_timesteps"]


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
