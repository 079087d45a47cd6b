package sc.fiji.diffusion.watermark;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.measure.ResultsTable;
import java.awt.GraphicsEnvironment;
import java.util.List;
import java.util.stream.IntStream;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.watermark.WatermarkReport;
import sc.fiji.diffusion.pixels.ModelView;
import sc.fiji.diffusion.pixels.ValueRange;

/** Looks for marks in what an image shows, and adds what it finds to ImageJ's results, a row a slice. */
public final class WatermarkTable {

    private static final String TITLE = "Results";

    private final ImagePlus image;
    private final Region region;

    /** @param region in which to look */
    public WatermarkTable(ImagePlus image, Region region) {
        this.image = image;
        this.region = region;
    }

    /** The slice that is shown, or all; where a composite shows its channels together, one for all of them. */
    public List<Integer> slices(boolean all) {
        if (!all) {
            return List.of(image.getCurrentSlice());
        }
        boolean together = image instanceof CompositeImage composite && composite.getMode() == CompositeImage.COMPOSITE;
        return IntStream.rangeClosed(1, image.getStackSize())
                .filter(index -> !together || image.convertIndexToPosition(index)[0] == 1)
                .boxed()
                .toList();
    }

    /** Adds a row; {@code Found} is 1 or 0. */
    public WatermarkReport add(int stackIndex) {
        RgbImage seen = ModelView.of(image, stackIndex, new ValueRange.DisplayRange())
                .seen()
                .crop(region);
        WatermarkReport report = WatermarkReport.of(seen);
        ResultsTable table = ResultsTable.getResultsTable();
        table.incrementCounter();
        table.addLabel(image.getTitle());
        table.addValue("Slice", stackIndex);
        table.addValue("Found", report.found() ? 1 : 0);
        table.addValue("Made by", report.maker());
        table.addValue("Score", report.detection().score());
        table.addValue("Scale", report.detection().found() ? report.detection().scale() : Double.NaN);
        return report;
    }

    /** Shows the results, where there is a screen. */
    public static void show() {
        if (!GraphicsEnvironment.isHeadless()) {
            ResultsTable.getResultsTable().show(TITLE);
        }
    }
}
