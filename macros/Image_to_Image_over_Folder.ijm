// Makes every image of a folder anew and saves the results in another folder.
// A result that is already there is not made again, so that a run that was stopped goes on where it was.
// Argument: input folder, output folder, prompt, one a line; without it the macro asks.

argument = getArgument();
if (argument == "") {
	input = getDirectory("Images");
	output = getDirectory("Results");
	prompt = getString("Prompt", "many green nuclei on a dark background");
} else {
	lines = split(argument, "\n");
	input = lines[0];
	output = lines[1];
	prompt = lines[2];
}
if (!endsWith(input, "/") && !endsWith(input, File.separator)) input = input + File.separator;
if (!endsWith(output, "/") && !endsWith(output, File.separator)) output = output + File.separator;

files = getFileList(input);
made = 0;
for (i = 0; i < files.length; i++) {
	showProgress(i, files.length);
	result = output + File.getNameWithoutExtension(files[i]) + ".tif";
	if (endsWith(files[i], "/") || File.exists(result)) continue;
	print("image " + (i + 1) + " of " + files.length + ": " + files[i]);
	open(input + files[i]);
	original = getImageID();
	run("Image to Image...", "strength=0.6 steps=10 seed=1 prompt=&prompt");
	saveAs("Tiff", result);
	close();
	selectImage(original);
	close();
	made++;
}
showProgress(1);
print(made + " made, " + (files.length - made) + " passed over");
