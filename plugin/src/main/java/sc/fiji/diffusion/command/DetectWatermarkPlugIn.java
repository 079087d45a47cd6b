package sc.fiji.diffusion.command;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.plugin.PlugIn;
import ij.plugin.filter.PlugInFilter;
import java.awt.Rectangle;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.macro.MacroThread;
import sc.fiji.diffusion.watermark.WatermarkTable;

/**
 * Plugins ▸ Diffusion ▸ Detect Watermark: looks for the invisible mark in the slice that is shown, or with the macro
 * option {@code stack} in all; within the selection's bounding rectangle, if there is one.
 */
public final class DetectWatermarkPlugIn implements PlugIn {

    private static final String TITLE = "Detect Watermark";

    @Override
    public void run(String argument) {
        CommandRun.run(TITLE, DetectWatermarkPlugIn::detect);
    }

    private static void detect() {
        ImagePlus image = WindowManager.getCurrentImage();
        if (image == null || image.getProcessor() == null) {
            throw new RequestException("image: expected an open image, found none");
        }
        Optional<Boolean> all = all(image);
        if (all.isEmpty()) {
            return;
        }
        IJ.resetEscape();
        WatermarkTable table = new WatermarkTable(image, region(image));
        List<Integer> slices = table.slices(all.get());
        String last = "";
        for (int done = 0; done < slices.size(); done++) {
            IJ.showProgress(done, slices.size());
            if (IJ.escapePressed()) {
                throw new CancelledException(done + " of " + slices.size() + " done");
            }
            last = table.add(slices.get(done)).text();
            WatermarkTable.show();
        }
        IJ.showProgress(1.0);
        IJ.showStatus(slices.size() == 1 ? last : TITLE + ": " + slices.size() + " slices");
    }

    /** Whether all slices are meant, by ImageJ's own question; empty if the person cancelled. */
    private static Optional<Boolean> all(ImagePlus image) {
        if (MacroThread.isMacro()) {
            String options = Macro.getOptions();
            return Optional.of(options != null && List.of(options.split(" ")).contains("stack"));
        }
        int flags = IJ.setupDialog(image, 0);
        return flags == PlugInFilter.DONE ? Optional.empty() : Optional.of((flags & PlugInFilter.DOES_STACKS) != 0);
    }

    private static Region region(ImagePlus image) {
        Rectangle whole = new Rectangle(image.getWidth(), image.getHeight());
        Rectangle bounds =
                image.getRoi() == null ? whole : image.getRoi().getBounds().intersection(whole);
        if (bounds.isEmpty()) {
            throw new RequestException("selection: expected it inside the image, found it outside");
        }
        return new Region(bounds.x, bounds.y, bounds.width, bounds.height);
    }
}
