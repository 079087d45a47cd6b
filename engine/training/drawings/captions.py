"""Plain English for a scene, worded anew at each use. What a caption leaves out is free."""

NOUNS = {
    "nuclei": ("nuclei", "nuclei", "cell nuclei"),
    "yeast": ("yeast cells", "budding yeast", "yeast"),
    "beads": ("beads", "beads", "round beads"),
    "bacteria": ("bacteria", "bacteria", "rod-shaped bacteria"),
    "membranes": ("membranes", "cell membranes", "cell outlines"),
    "neurons": ("neurons", "neurons", "nerve cells"),
    "filaments": ("filaments", "filaments", "long filaments"),
    "puncta": ("puncta", "puncta", "small puncta"),
}
AMOUNTS = {
    "few": ("a few", "few", "a few", "a small number of", "sparse"),
    "many": ("many", "lots of", "numerous", "many", "a large number of", "dense"),
}
BLURRED = ("out of focus", "out-of-focus", "blurred", "defocused")


def caption(scene, rng, complete=False):
    """A caption; a complete one leaves out no structure's colour and count, unless they are None."""
    words_for = _tissue if scene.layers[0].kind == "tissue" else _layers
    sample = words_for(scene, rng, complete)
    place = ""
    if scene.layers[0].kind != "tissue" and rng.chance(0.65):
        tone = {"dark": ("dark", "dark", "black"), "light": ("light", "bright", "white")}[scene.background]
        place = f" on a {rng.choice(tone)} background"
    qualities, after = [], ""
    if scene.noisy and rng.chance(0.85):
        qualities.append(rng.choice(("noisy", "noisy", "grainy")))
    elif not scene.noisy and rng.chance(0.2):
        qualities.append(rng.choice(("clean", "noise-free")))
    if scene.blurred and rng.chance(0.85):
        if rng.chance(0.4):
            after = ", out of focus"
        else:
            qualities.append(rng.choice(BLURRED))
    elif not scene.blurred and rng.chance(0.2):
        qualities.append(rng.choice(("sharp", "in-focus")))
    rng.python.shuffle(qualities)
    return _sentence(scene, qualities, sample, place, rng) + after + rng.choice(("", "", "."))


def _sentence(scene, qualities, sample, place, rng):
    modality = "fluorescence " if scene.background == "dark" and rng.chance(0.4) else ""
    if scene.background == "light" and scene.layers[0].kind != "tissue" and rng.chance(0.3):
        modality = "brightfield "
    picture = rng.choice(("micrograph", "microscopy image", "image", "picture"))
    if qualities or modality or rng.chance(0.4):
        words = " ".join(qualities + [modality + picture])
        article = "an" if words[0] in "aeiou" else "a"
        lead = f"{article} {words} of " if rng.chance(0.8) else f"{words} of "
        return lead + sample + place
    return sample + place


def _layers(scene, rng, complete):
    phrases = []
    for layer in scene.layers:
        words = [rng.choice(NOUNS[layer.kind])]
        if layer.colour and (complete or rng.chance(0.9)):
            words.insert(0, layer.colour)
        if layer.count and (complete or rng.chance(0.88)):
            words.insert(0, rng.choice(AMOUNTS[layer.count]))
        phrases.append(" ".join(words))
    rng.python.shuffle(phrases)
    joint = rng.choice((" and ", " and ", " with "))
    return joint.join((", ".join(phrases[:-1]), phrases[-1])) if len(phrases) > 1 else phrases[0]


def _tissue(scene, rng, complete):
    section = rng.choice(("tissue section", "section of tissue", "tissue"))
    stain = rng.choice(("H&E stained ", "H&E ", "haematoxylin and eosin stained ", "pink and purple ", ""))
    if not scene.layers[0].count:
        return f"{stain}{section}"
    glands = f"{rng.choice(AMOUNTS[scene.layers[0].count])} glands"
    joint = rng.choice((" with ", " showing "))
    return f"{stain}{section}" + (joint + glands if complete or rng.chance(0.9) else "")
