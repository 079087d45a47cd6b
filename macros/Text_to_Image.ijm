// Makes an image from a prompt with the model that ships with the plugin.
//
// Argument (may be left out): prompt, then after a line feed the file to write, such as
//   runMacro("Text_to_Image.ijm", "many green nuclei\n/home/me/nuclei.png");

prompt = "many green nuclei on a dark background";
output = "";
argument = getArgument();
if (argument != "") {
    lines = split(argument, "\n");
    prompt = lines[0];
    if (lines.length > 1)
        output = lines[1];
}

// "&prompt" hands the variable over as it is, whatever characters are in it.
run("Text to Image...", "seed=42 prompt=&prompt");

// ImageJ's own PNG and JPEG files would not tell how the image was made.
if (endsWith(output, ".png") || endsWith(output, ".jpg"))
    run("Save with Provenance...", "save=[" + output + "]");
else if (output != "")
    save(output);
