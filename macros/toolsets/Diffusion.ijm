// Tools of Diffusion for Fiji: choose "Diffusion" in the menu ">>" at the right end of the toolbar.
//
// Inpaint Brush paints with the mouse on the active image, in the slice that is shown; what was painted is made anew
// when the mouse button is released, and nothing else changes. A double click on the tool sets the brush's width, the
// prompt and the rest; the first stroke asks for them. Edit > Undo takes the last stroke back,
// Edit > Selection > Restore Selection selects what was painted.

macro "Inpaint Brush Tool - icon:diffusion/inpaint-brush-26.png" {
	// At once, as the mouse may be moving already.
	getCursorLoc(x, y, z, flags);
	chosenWidth = setting("width", "");
	width = 20;
	if (chosenWidth != "") width = parseInt(chosenWidth);
	hasSelection = selectionType() >= 0;
	if (hasSelection) Roi.copy;
	Roi.remove;
	image = getImageID();
	paint(x, y, width);
	if (chosenWidth == "") askSettings();
	inpaint();
	if (nImages == 0 || getImageID() != image) exit();
	Roi.remove;
	if (hasSelection) Roi.paste;
}

macro "Inpaint Brush Tool Selected" {
	showStatus("Inpaint Brush: " + setting("width", "20") + " pixels wide, double click to change it");
}

macro "Inpaint Brush Tool Options" {
	askSettings();
}

macro "Text to Image Action Tool - icon:diffusion/text-to-image-26.png" {
	doCommand("Text to Image...");
}

macro "Image to Image Action Tool - icon:diffusion/image-to-image-26.png" {
	doCommand("Image to Image...");
}

macro "Inpaint Selection Action Tool - icon:diffusion/inpaint-selection-26.png" {
	doCommand("Inpaint Selection...");
}

macro "Expand Canvas Action Tool - icon:diffusion/expand-canvas-26.png" {
	doCommand("Expand Canvas...");
}

macro "Upscale Action Tool - icon:diffusion/upscale-26.png" {
	doCommand("Upscale...");
}

macro "Show Generated Pixels Action Tool - icon:diffusion/show-generated-pixels-26.png" {
	doCommand("Show Generated Pixels");
}

// Selects what the mouse passes over, from a pixel on, until its left button is released.
function paint(x, y, width) {
	leftButton = 16;
	xs = newArray(1);
	ys = newArray(1);
	xs[0] = x;
	ys[0] = y;
	addDisc(x, y, width);
	do {
		lastX = x;
		lastY = y;
		getCursorLoc(x, y, z, flags);
		if (x != lastX || y != lastY) {
			addStroke(lastX, lastY, x, y, width);
			xs = Array.concat(xs, x);
			ys = Array.concat(ys, y);
		}
		wait(10);
	} while (flags & leftButton != 0);
	// ImageJ itself handles selections when the mouse is released, and may have lost a part of the growing one.
	tries = 0;
	do {
		wait(20);
		selectStroke(xs, ys, width);
		tries++;
	} while (!isSelected(xs, ys) && tries < 5);
}

function selectStroke(xs, ys, width) {
	Roi.remove;
	addDisc(xs[0], ys[0], width);
	for (i = 1; i < xs.length; i++) addStroke(xs[i - 1], ys[i - 1], xs[i], ys[i], width);
}

function isSelected(xs, ys) {
	if (selectionType() < 0) return false;
	for (i = 0; i < xs.length; i++) {
		if (!Roi.contains(xs[i], ys[i])) return false;
	}
	return true;
}

// Discs so close that they look like one stroke; the first one is there already.
function addStroke(x1, y1, x2, y2, width) {
	distance = sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
	n = Math.ceil(distance / maxOf(1, width / 6));
	for (i = 1; i <= n; i++) {
		addDisc(round(x1 + (x2 - x1) * i / n), round(y1 + (y2 - y1) * i / n), width);
	}
}

// Adds to the selection.
function addDisc(x, y, width) {
	setKeyDown("shift");
	makeOval(x - floor(width / 2), y - floor(width / 2), width, width);
	setKeyDown("none");
}

function inpaint() {
	model = setting("model", "micrograph");
	strength = setting("strength", "1");
	steps = setting("steps", "25");
	seed = setting("seed", "-1");
	negative = setting("negative", "");
	prompt = setting("prompt", "");
	run("Inpaint Selection...", "model=&model strength=&strength steps=&steps seed=&seed"
		+ " negative=&negative prompt=&prompt");
}

// ImageJ's preferences keep them from session to session.
function setting(key, otherwise) {
	return call("ij.Prefs.get", "diffusion.inpaint-brush." + key, otherwise);
}

function keep(key, value) {
	call("ij.Prefs.set", "diffusion.inpaint-brush." + key, "" + value);
}

function askSettings() {
	Dialog.create("Inpaint Brush");
	Dialog.addString("Prompt", setting("prompt", "many green nuclei on a dark background"), 50);
	Dialog.addString("Negative prompt", setting("negative", ""), 50);
	Dialog.addString("Model", setting("model", "micrograph"), 36);
	Dialog.addSlider("Brush width (pixels)", 1, 200, parseInt(setting("width", "20")));
	Dialog.addSlider("Strength", 0.05, 1, parseFloat(setting("strength", "1")));
	Dialog.addNumber("Steps", parseInt(setting("steps", "25")), 0, 9, "");
	Dialog.addNumber("Seed", parseInt(setting("seed", "-1")), 0, 9, "(-1: random)");
	Dialog.addHelp("<html><b>Inpaint Brush</b><p>Paint on an image. What you painted is made anew when you release the"
		+ "<br>mouse button, in the slice that is shown. The fields mean what<br>they mean in <i>Inpaint Selection</i>;"
		+ " its Help tells more.");
	Dialog.show();
	keep("prompt", Dialog.getString());
	keep("negative", Dialog.getString());
	keep("model", Dialog.getString());
	width = Dialog.getNumber();
	strength = Dialog.getNumber();
	steps = Dialog.getNumber();
	seed = Dialog.getNumber();
	if (!(width >= 1)) exit("width: expected 1 pixel or more, found " + width);
	keep("width", round(width));
	keep("strength", strength);
	keep("steps", steps);
	keep("seed", d2s(seed, 0));
}
