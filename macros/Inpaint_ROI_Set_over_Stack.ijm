// Makes the same regions anew in every slice of a stack, one region after the other.
// Run it with a stack open and regions in the ROI Manager; without them it draws an example.

if (nImages == 0) {
	run("Text to Image...", "width=128 height=128 steps=8 seed=1 count=3 prompt=[many green nuclei on a dark background]");
	roiManager("reset");
	makeOval(20, 20, 40, 40);
	roiManager("add");
	makeRectangle(70, 60, 40, 30);
	roiManager("add");
	roiManager("show none");
	run("Select None");
}

// In a stack, regions belong to the slice on which they were drawn; these are for all slices.
roiManager("deselect");
RoiManager.setPosition(0);
run("Inpaint Selection...", "mask=each slices=all steps=8 seed=7 prompt=[a dark background]");
