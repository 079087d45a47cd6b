package sc.fiji.diffusion.edit;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import java.util.Locale;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.inpaint.InpaintRecipe;
import sc.fiji.diffusion.engine.inpaint.InpaintedSelection;
import sc.fiji.diffusion.engine.inpaint.SelectionRequest;
import sc.fiji.diffusion.engine.job.InpaintJob;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.job.DiffusionJobs;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.selection.MaskSource;
import sc.fiji.diffusion.stack.AxisPart;
import sc.fiji.diffusion.stack.StackPart;

/**
 * How much memory inpainting takes in a large stack, as a program that prints a table: the heap beyond the stack after
 * every tenth of the slices, garbage collected. It must not grow with them, but for the copies for Undo, and there are
 * none where memory is short, which the log says.
 *
 * <p>Arguments: slices (default 200), pixels along a side (default 1024), steps (default 4), and {@code selection} (the
 * default), the same in every slice, or {@code rois}, one in the ROI Manager for each slice, which needs a display. The
 * stack has 16 bits.
 *
 * <pre>
 * MAVEN_OPTS=-Xmx900m mvn -q -pl plugin -am test-compile org.codehaus.mojo:exec-maven-plugin:3.5.1:java \
 *     -Dexec.classpathScope=test -Dexec.mainClass=sc.fiji.diffusion.edit.MemoryBenchmark -Dexec.args="200 1024 4"
 * </pre>
 */
final class MemoryBenchmark {

    private static final int ROWS = 10;
    private static final int SMALL = 60;

    private final int steps;
    private final int slices;
    private final long before;
    private final long start = System.nanoTime();
    private int done;

    private MemoryBenchmark(int slices, int steps) {
        this.slices = slices;
        this.steps = steps;
        before = liveBytes();
    }

    public static void main(String[] arguments) {
        int slices = number(arguments, 0, 200);
        int side = number(arguments, 1, 1024);
        int steps = number(arguments, 2, 4);
        boolean rois = arguments.length > 3 && arguments[3].equals("rois");
        ImagePlus image = IJ.createImage("data", "16-bit ramp", side, side, slices);
        image.setRoi(new OvalRoi(side / 3, side / 3, SMALL, SMALL));
        print(
                "stack %.0f MB, most heap %.0f MB%n",
                2.0 * side * side * slices / 1e6, Runtime.getRuntime().maxMemory() / 1e6);
        MemoryBenchmark benchmark = new MemoryBenchmark(slices, steps);
        MaskSource source = rois ? oneInEachSlice(image) : new MaskSource.ActiveSelection();
        EditPlan plan = EditPlan.of(image, source, new StackPart.Slices(AxisPart.ALL), false);
        print("slices    MB beyond the stack  seconds%n");
        benchmark.print();
        new ImageEditor(image, plan, new ValueRange.DisplayRange()).run(benchmark::inpainted, Progress.NONE);
        benchmark.print();
        System.exit(0); // windows may be open
    }

    private static MaskSource oneInEachSlice(ImagePlus image) {
        RoiManager manager = new RoiManager();
        for (int index = 1; index <= image.getStackSize(); index++) {
            Roi roi = (Roi) image.getRoi().clone();
            roi.setLocation(index, index);
            roi.setPosition(index);
            manager.addRoi(roi);
        }
        return new MaskSource.RoiManagerEach();
    }

    private PictureModel.Made inpainted(RgbImage seen, Mask mask, EditStep step, Progress progress) {
        if (done > 0 && done % Math.max(1, slices / ROWS) == 0) {
            print();
        }
        done++;
        TextToImageRequest settings = TextToImageRequest.of("nuclei", seen.width(), seen.height())
                .withSteps(steps)
                .withSeed(step.seedOffset());
        SelectionRequest request = new SelectionRequest(settings, seen, mask, 1, InpaintRecipe.automatic());
        InpaintedSelection made = DiffusionJobs.shared().run(new InpaintJob(Models.EMBEDDED, request), progress);
        return new PictureModel.Made(
                made.result().images().get(0).image(),
                made.blend(),
                made.result().provenance());
    }

    private void print() {
        print("%6d %22.1f %8.0f%n", done, (liveBytes() - before) / 1e6, (System.nanoTime() - start) / 1e9);
    }

    private static long liveBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static int number(String[] arguments, int index, int fallback) {
        return index < arguments.length ? Integer.parseInt(arguments[index]) : fallback;
    }

    @SuppressWarnings({"SystemOut", "AnnotateFormatMethod"}) // a program that prints
    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
