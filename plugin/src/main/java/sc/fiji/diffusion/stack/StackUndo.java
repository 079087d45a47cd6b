package sc.fiji.diffusion.stack;

import ij.IJ;
import ij.ImagePlus;
import ij.Prefs;
import ij.Undo;
import ij.WindowManager;
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
    private UndoSlices slices;

    StackUndo(ImagePlus image, List<Integer> stackIndexes, long availableBytes) {
        this.image = image;
        this.stackIndexes = stackIndexes.stream().distinct().toList();
        this.availableBytes = availableBytes;
    }

    /** @param stackIndexes of the slices that may be changed, from 1 */
    public static StackUndo of(ImagePlus image, List<Integer> stackIndexes) {
        StackUndo undo = new StackUndo(image, stackIndexes, 0);
        return new StackUndo(image, stackIndexes, HeapMemory.availableFor(undo.neededBytes()));
    }

    /**
     * False where macros have none, and where copies of the slices would take more than half of the memory that the
     * command leaves: the work comes before its undo.
     */
    public boolean isPossible() {
        return isWanted() && fitsIntoMemory();
    }

    /**
     * To be called right before the pixels are changed. Where undo is not possible, Undo does nothing afterwards; if
     * that is for lack of memory, the log says so.
     */
    public void setup() {
        // Undo would otherwise swap in what an earlier command left there.
        image.getProcessor().setSnapshotPixels(null);
        if (isPossible()) {
            setupTransform();
            return;
        }
        Undo.setup(Undo.NOTHING, null);
        if (isWanted()) {
            IJ.log("Undo: expected " + HeapMemory.megabytes(neededBytes()) + " of free memory for " + image.getTitle()
                    + " (" + stackIndexes.size() + (stackIndexes.size() == 1 ? " slice" : " slices") + "), found "
                    + HeapMemory.megabytes(availableBytes) + "; this change can't be undone");
        }
    }

    /** To be called when the command is done: what was asked for in vain meanwhile, ImageJ would forget. */
    public void offerAgain() {
        if (slices != null && slices.wasRefused() && WindowManager.getCurrentImage() == image) {
            setupTransform();
        }
    }

    private void setupTransform() {
        slices = slices == null ? new UndoSlices(image, stackIndexes) : slices;
        boolean inMacros = Prefs.supportMacroUndo;
        // Or else ImageJ would refuse the macro tools.
        Prefs.supportMacroUndo = true;
        try {
            Undo.setup(Undo.TRANSFORM, slices);
        } finally {
            Prefs.supportMacroUndo = inMacros;
        }
    }

    private static boolean isWanted() {
        return !IJ.macroRunning() || Prefs.supportMacroUndo || MacroThread.isTool();
    }

    private boolean fitsIntoMemory() {
        return neededBytes() <= availableBytes;
    }

    private long neededBytes() {
        long pixels = (long) image.getWidth() * image.getHeight();
        return pixels * (HeapMemory.WORK_BYTES_PER_PIXEL + 2L * image.getBytesPerPixel() * stackIndexes.size());
    }
}
