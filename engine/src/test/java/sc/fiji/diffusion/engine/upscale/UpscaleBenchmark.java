package sc.fiji.diffusion.engine.upscale;

import java.util.List;
import java.util.Locale;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.image.TileLayout;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/**
 * How little tiles show, as a program that prints a table. Always the same numbers for the same arguments: how many
 * pictures (default 4), steps (default 20), the scale (default 2), the strength (default 0.3), and a model's name or
 * folder (default the embedded one).
 *
 * <pre>
 * mvn -q -pl engine test-compile org.codehaus.mojo:exec-maven-plugin:3.5.1:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=sc.fiji.diffusion.engine.upscale.UpscaleBenchmark -Dexec.args="4 20 2 0.3"
 * </pre>
 *
 * <p>The model makes a picture from a prompt, and it is upscaled with the same prompt. A number is the mean gradient
 * across the tiles' edges over that across other lines of the picture, averaged over the pictures: 1 where tiles leave no
 * trace. {@code source} is the same of the resampled picture, which has no tiles, but is not the same everywhere. {@code change} is the mean
 * difference to it.
 */
final class UpscaleBenchmark {

    private static final List<String> PROMPTS = List.of(
            "many green nuclei on a dark background",
            "an H&E stained tissue section with many glands",
            "many red bacteria on a light background",
            "a few yellow neurons on a dark background",
            "many cyan beads on a dark background",
            "many blue yeast cells on a light background",
            "many magenta puncta on a dark background",
            "green membranes on a dark background");
    private static final double[] OVERLAPS = {0, 0.125, 0.25, 0.375, 0.5};

    private UpscaleBenchmark() {}

    public static void main(String[] arguments) {
        int pictures = (int) number(arguments, 0, 4);
        int steps = (int) number(arguments, 1, 20);
        double scale = number(arguments, 2, 2);
        double strength = number(arguments, 3, 0.3);
        String model = arguments.length > 4 ? arguments[4] : Models.EMBEDDED;
        try (DiffusionPipeline pipeline =
                DiffusionPipeline.open(Checkpoint.open(Models.locate(model)), Progress.NONE)) {
            print("overlap   seam  source  change%n");
            for (double overlap : OVERLAPS) {
                double[] sums = new double[3];
                for (int index = 0; index < pictures; index++) {
                    add(sums, seam(pipeline, index, steps, scale, strength, overlap));
                }
                print("%7.3f %6.3f %7.3f %7.4f%n", overlap, sums[0] / pictures, sums[1] / pictures, sums[2] / pictures);
            }
        }
    }

    private static double[] seam(
            DiffusionPipeline pipeline, int index, int steps, double scale, double strength, double overlap) {
        int side = pipeline.checkpoint().nativeSize();
        TextToImageRequest settings = TextToImageRequest.of(PROMPTS.get(index % PROMPTS.size()), side, side)
                .withSteps(steps)
                .withGuidanceScale(pipeline.checkpoint().guidanceScale())
                .withSeed(index);
        RgbImage picture =
                pipeline.textToImage(settings, Progress.NONE).images().get(0).image();
        Size size = ScaledSize.of(new Size(side, side), scale);
        RgbImage made = new Upscaler(pipeline)
                .upscale(
                        new UpscaleRequest(settings.withSize(size.width(), size.height()), picture, strength, overlap),
                        Progress.NONE)
                .images()
                .get(0)
                .image();
        RgbImage source = Resampling.resized(picture, size.width(), size.height());
        TileLayout layout = TileLayout.of(size, side, pipeline.checkpoint().vaeScaleFactor(), overlap);
        return new double[] {TileSeam.ratio(made, layout), TileSeam.ratio(source, layout), difference(made, source)};
    }

    private static double difference(RgbImage made, RgbImage source) {
        double sum = 0;
        for (int i = 0; i < made.samples().length; i++) {
            sum += Math.abs(made.samples()[i] - source.samples()[i]);
        }
        return sum / made.samples().length;
    }

    private static void add(double[] sums, double[] numbers) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += numbers[i];
        }
    }

    private static double number(String[] arguments, int index, double fallback) {
        return index < arguments.length ? Double.parseDouble(arguments[index]) : fallback;
    }

    @SuppressWarnings({"SystemOut", "AnnotateFormatMethod"}) // a program that prints
    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
