package sc.fiji.diffusion.stack;

import ij.IJ;
import ij.ImagePlus;
import ij.Prefs;
import ij.Undo;
import java.util.List;
import sc.fiji.diffusion.macro.MacroThread;

/**
 * Makes Edit ▸ Undo bring back the slices that a command is about to change, of single images, stacks and hyperstacks
 * of every type. The selection, the slice that is shown and the display range stay as they are; the image's Info and
 * properties come back with the pixels, so that they never tell of changes that are undone. There is no redo.
 *
 * <p>As everywhere in ImageJ, Undo forgets when another image is activated or another command sets it up, and inside a
 * macro there is none unless Edit ▸ Options ▸ Misc allows it. The macro tools of the toolbar have it: a person uses them.
 */
public final class StackUndo {

    private final ImagePlus image;
    private final List<Integer> stackIndexes;
    private final long availableBytes;

    StackUndo(ImagePlus image, List<Integer> stackIndexes, long availableBytes) {
        this.image = image;
        this.stackIndexes = stackIndexes.stream().distinct().toList();
        this.availableBytes = availableBytes;
    }

    /** @param stackIndexes of the slices that may be changed, from 1 */
    public static StackUndo of(ImagePlus image, List<Integer> stackIndexes) {
        StackUndo undo = new StackUndo(image, stackIndexes, availableBytes());
        if (undo.fitsIntoMemory()) {
            return undo;
        }
        // Much of what is in use may be garbage: image-sized arrays of the work before.
        System.gc();
        return new StackUndo(image, stackIndexes, availableBytes());
    }

    /** False if copies of the slices would take more than half of the memory that is left, and where macros have none. */
    public boolean isPossible() {
        return (!IJ.macroRunning() || Prefs.supportMacroUndo || MacroThread.isTool()) && fitsIntoMemory();
    }

    /** To be called right before the pixels are changed. Where undo is not possible, Undo does nothing afterwards. */
    public void setup() {
        // Undo would otherwise swap in what an earlier command left there.
        image.getProcessor().setSnapshotPixels(null);
        if (isPossible()) {
            setupTransform();
        } else {
            Undo.setup(Undo.NOTHING, null);
        }
    }

    private void setupTransform() {
        boolean inMacros = Prefs.supportMacroUndo;
        // Or else ImageJ would refuse the macro tools.
        Prefs.supportMacroUndo = true;
        try {
            Undo.setup(Undo.TRANSFORM, new UndoSlices(image, stackIndexes));
        } finally {
            Prefs.supportMacroUndo = inMacros;
        }
    }

    private boolean fitsIntoMemory() {
        long sliceBytes = (long) image.getWidth() * image.getHeight() * image.getBytesPerPixel();
        return sliceBytes * stackIndexes.size() <= availableBytes / 2;
    }

    private static long availableBytes() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    }
}
