"""Critics that are asked what pictures show, and one that learns on while the networks that make them do."""

import torch
import torch.nn.functional as F
from torch import nn

import attributes
from devices import mixed_precision
from judge import turned, worn
from schedules import set_rate

COLOUR, COUNT = 8, 7  # their say beside that of which structures there are


def asked_loss(outputs, wanted):
    """What a critic misses in pictures; light, blur and grain are not asked about."""
    presence = F.binary_cross_entropy_with_logits(outputs["presence"], wanted["presence"])
    ignore = attributes.ABSENT
    colour, count = (F.cross_entropy(outputs[name].flatten(0, 1), wanted[name].flatten(), ignore_index=ignore)
                     for name in ("colour", "count"))
    return 9 * presence + COLOUR * colour + COUNT * count


def shares_right(outputs, wanted):
    """Of the structures asked for: found, in the right colour, in the right number; and structures found unasked."""
    there = wanted["presence"] > 0.5
    right = {name: (outputs[name].argmax(-1) == wanted[name])[wanted[name] != attributes.ABSENT].float().mean().item()
             for name in ("colour", "count")}
    found = outputs["presence"] > 0
    return {"structure": found[there].float().mean().item(), **right,
            "unasked": (found & ~there).any(1).float().mean().item()}


def limited(gradient):
    """At most as long as 1 for each picture's own loss: else a batch's few worst pictures alone have a say."""
    length = len(gradient) * gradient.flatten(1).norm(dim=1)[:, None, None, None]
    return gradient / length.clamp_min(1)


class PictureCritic(nn.Module):
    """A judge of drawings that training may see (train_judge.py --stream train), asked about pictures in -1..1, [N, 3, 128, 128].

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


class Critics(nn.ModuleList):
    """Several that were trained apart: what pleases all of them is less often a weakness of one."""

    def views(self, pictures):
        return [view for critic in self for view in critic.views(pictures)]


class Asked:
    """A critic that stays as it is."""

    def __init__(self, network, device):
        self.network, self.device = network.eval().requires_grad_(False), device

    def views(self, pictures):
        """Its outputs, once for each way in which it looks at the same pictures."""
        with mixed_precision(self.device):
            views = self.network.views(pictures)
        return [{name: value.float() for name, value in outputs.items()} for outputs in views]

    def asked(self, pictures, wanted):
        """Its first outputs for pictures, what it misses, and what the pictures should do about it."""
        pictures = pictures.detach().requires_grad_()
        views = self.views(pictures)
        loss = sum(asked_loss(outputs, wanted) for outputs in views) / len(views)
        gradient = torch.autograd.grad(loss, pictures)[0]
        if not gradient.any():
            raise ArithmeticError("the critic's answer has no gradient: nothing would be learnt from it")
        return views[0], loss.item(), limited(gradient)


class Rival(Asked):
    """A critic that learns on: what drawings show, and to find nothing in decoded pictures."""

    def __init__(self, network, device, rate):
        super().__init__(network, device)
        self.rate = rate
        self.optimizer = torch.optim.AdamW(self.network.parameters(), rate, betas=(0.5, 0.99), weight_decay=0.01)

    def learn(self, drawings, wanted, decoded, scale):
        """One step; returns how sure it is of what is in drawings, and in decoded pictures of anything at all."""
        set_rate(self.optimizer, scale * self.rate)
        self.network.requires_grad_(True)
        outputs = self.views(torch.cat([drawings, decoded]))[0]
        real = {name: value[: len(drawings)] for name, value in outputs.items()}
        fake = outputs["presence"][len(drawings) :]
        loss = attributes.loss_and_accuracy(real, wanted)[0] + 4 * F.binary_cross_entropy_with_logits(fake, torch.zeros_like(fake))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.network.requires_grad_(False)
        there = wanted["presence"] > 0.5
        return real["presence"][there].sigmoid().mean().item(), fake.sigmoid().amax(1).mean().item()
