"""What a picture can hold, and which combinations training never sees."""

from dataclasses import dataclass

# back to front: large filled shapes first, thin ones on top, so that each stays visible
KINDS = ("tissue", "nuclei", "yeast", "beads", "bacteria", "membranes", "neurons", "filaments", "puncta")
COUNTS = ("few", "many")

# name: (on a dark background, on a light one); white needs a dark background and black a light one
COLOURS = {
    "red": ((1.00, 0.10, 0.10), (0.85, 0.05, 0.08)),
    "orange": ((1.00, 0.50, 0.00), (0.97, 0.48, 0.00)),
    "yellow": ((1.00, 0.93, 0.10), (0.86, 0.78, 0.00)),
    "green": ((0.10, 0.90, 0.15), (0.05, 0.58, 0.12)),
    "cyan": ((0.00, 0.92, 0.95), (0.00, 0.68, 0.75)),
    "blue": ((0.15, 0.30, 1.00), (0.08, 0.15, 0.88)),
    "magenta": ((1.00, 0.15, 0.90), (0.82, 0.00, 0.70)),
    "white": ((0.97, 0.97, 0.97), None),
    "black": (None, (0.08, 0.08, 0.08)),
}


@dataclass(frozen=True)
class Layer:
    """One structure in one colour. Tissue's colours are those of its stain."""

    kind: str
    colour: str
    count: str


@dataclass(frozen=True)
class Scene:
    layers: tuple
    background: str = "dark"
    blurred: bool = False
    noisy: bool = False


def held_out(scene):
    """Whether training must not see this scene.

    One colour of each structure and count is kept back, and two conditions of tissue,
    so that a held-out prompt asks for words in a combination that is new to the model.
    """
    return any(_layer_held_out(layer) for layer in scene.layers) or _tissue_held_out(scene)


def _layer_held_out(layer):
    if layer.kind == "tissue":
        return False
    kind, colour = KINDS.index(layer.kind) - 1, list(COLOURS).index(layer.colour)
    return (kind + 2 * colour + 4 * COUNTS.index(layer.count)) % 9 == 0


def _tissue_held_out(scene):
    layer = scene.layers[0]
    few, many = layer.count == "few", layer.count == "many"
    return layer.kind == "tissue" and (few and scene.noisy or many and scene.blurred)


def sample_scene(rng, accept=lambda scene: not held_out(scene)):
    """A random scene; by default one that training may see."""
    while True:
        scene = _sample(rng)
        if accept(scene):
            return scene


def _sample(rng):
    blurred, noisy = rng.chance(0.2), rng.chance(0.2)
    if rng.chance(0.08):
        return Scene((Layer("tissue", "stain", rng.choice(COUNTS)),), "light", blurred, noisy)
    background = "dark" if rng.chance(0.6) else "light"
    missing = "black" if background == "dark" else "white"
    number = rng.choice((1, 1, 1, 1, 1, 1, 2, 2, 2, 3))
    kinds = rng.sample(KINDS[1:], number)
    colours = rng.sample([name for name in COLOURS if name != missing], number)
    layers = tuple(Layer(k, c, rng.choice(COUNTS)) for k, c in zip(kinds, colours))
    return Scene(layers, background, blurred, noisy)
