"""A scene as class numbers, for the text encoder's pre-training and for the judge of pictures."""

import torch

from drawings import COLOURS, COUNTS, KINDS

COLOUR_NAMES = [*COLOURS, "stain"]
ABSENT = -100  # what cross_entropy ignores


def presence(scenes):
    """Which structures are there: [scenes, kinds] of 0 and 1."""
    found = torch.zeros(len(scenes), len(KINDS))
    for i, scene in enumerate(scenes):
        for layer in scene.layers:
            found[i, KINDS.index(layer.kind)] = 1
    return found


def of_layers(scenes, attribute, names):
    """The class of each structure's colour or count: [scenes, kinds], ABSENT where there is none, or it is None."""
    classes = torch.full((len(scenes), len(KINDS)), ABSENT)
    for i, scene in enumerate(scenes):
        for layer in scene.layers:
            value = getattr(layer, attribute)
            if value is not None:
                classes[i, KINDS.index(layer.kind)] = names.index(value)
    return classes


def conditions(scenes):
    """Light, blurred, noisy: [scenes, 3] of 0 and 1."""
    return torch.tensor([[s.background == "light", s.blurred, s.noisy] for s in scenes]).float()


def targets(scenes, device="cpu"):
    """What is to be told of scenes: the classes above by name."""
    return {"presence": presence(scenes).to(device), "conditions": conditions(scenes).to(device),
            "colour": of_layers(scenes, "colour", COLOUR_NAMES).to(device),
            "count": of_layers(scenes, "count", list(COUNTS)).to(device)}


def loss_and_accuracy(outputs, wanted):
    """`outputs` has presence, colour, count and conditions logits; returns the loss and four accuracies."""
    loss, right = 0, {}
    for name in ("presence", "conditions"):
        loss = loss + 4 * torch.nn.functional.binary_cross_entropy_with_logits(outputs[name], wanted[name])
        right[name] = ((outputs[name] > 0) == (wanted[name] > 0.5)).all(1).float().mean().item()
    for name in ("colour", "count"):
        logits, there = outputs[name], wanted[name] != ABSENT
        loss = loss + torch.nn.functional.cross_entropy(logits[there], wanted[name][there])
        right[name] = (logits[there].argmax(-1) == wanted[name][there]).float().mean().item()
    return loss, right


def split_heads(vector):
    """One vector a kind, [batch, kinds, 1 + colours + counts], and the three conditions beside it."""
    per_kind, rest = vector
    colours = len(COLOUR_NAMES)
    return {"presence": per_kind[..., 0], "colour": per_kind[..., 1 : 1 + colours],
            "count": per_kind[..., 1 + colours :], "conditions": rest}


KIND_OUTPUTS = 1 + len(COLOUR_NAMES) + len(COUNTS)
