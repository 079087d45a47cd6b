// Makes an image from a prompt, another thing in the middle of it, and all of it twice as large: one command after the
// other, each on the image that the one before made.
//
// Argument (may be left out): prompt, then after a line feed the prompt for the middle, after another the file to write.

prompt = "many green nuclei on a dark background";
middle = "many magenta bacteria on a dark background";
output = "";
argument = getArgument();
if (argument != "") {
	lines = split(argument, "\n");
	prompt = lines[0];
	if (lines.length > 1) middle = lines[1];
	if (lines.length > 2) output = lines[2];
}

run("Text to Image...", "steps=10 seed=1 prompt=&prompt");
first = getImageID();

width = getWidth();
height = getHeight();
makeOval(width / 4, height / 4, width / 2, height / 2);
run("Inpaint Selection...", "steps=10 seed=2 prompt=&middle");
run("Select None");

run("Upscale...", "scale=2 strength=0.3 steps=10 seed=3 prompt=&prompt");
if (output != "") saveAs("Tiff", output);
print("from " + width + " x " + height + " to " + getWidth() + " x " + getHeight());
