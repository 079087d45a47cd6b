package sc.fiji.diffusion.command;

import ij.WindowManager;
import ij.plugin.PlugIn;
import sc.fiji.diffusion.altered.AlteredPixelsImage;

/** Plugins ▸ Diffusion ▸ Show Generated Pixels: opens a mask of what was generated in the active image. */
public final class ShowGeneratedPixelsPlugIn implements PlugIn {

    private static final String TITLE = "Show Generated Pixels";

    @Override
    public void run(String argument) {
        CommandRun.run(TITLE, () -> AlteredPixelsImage.of(WindowManager.getCurrentImage())
                .show());
    }
}
