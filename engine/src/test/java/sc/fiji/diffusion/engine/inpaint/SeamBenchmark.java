package sc.fiji.diffusion.engine.inpaint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.Blend;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.MaskFill;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/**
 * How well the recipe hides its seams and restores textures, as a program that prints tables. Always the same numbers
 * for the same arguments: how many pictures (default 50), steps (default 20), the pixels by which the mask grows and
 * those of its feather (default -1, automatic), and a model's name or folder (default the embedded one).
 *
 * <pre>
 * mvn -q -pl engine test-compile org.codehaus.mojo:exec-maven-plugin:3.5.1:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=sc.fiji.diffusion.engine.inpaint.SeamBenchmark -Dexec.args="50 20"
 * </pre>
 *
 * <p>Seams: the model makes a picture from a prompt, and a random ellipse or rectangle in it is inpainted with the same
 * prompt. {@code seam} is the mean gradient across the selection's border over that across the same contour at other
 * places of the picture, which the selection does not touch; {@code before} is the same before inpainting, which is what
 * a perfect seam would have. Where the other places are dark, single ratios say little; {@code pooled} is the sum of all
 * gradients over the sum of all those elsewhere. The soft edge lies inside the selection, so the seam might hide there:
 * the last line has the pooled ratio at each depth, 0 to 6 pixels inside.
 *
 * <p>Textures: a square of a regular texture is inpainted and compared with what was there, {@code spectrum} by the mean
 * distance of the radially averaged power spectra in decibels; for comparison, that of another place of the same texture
 * ({@code other}) and of the surroundings continued smoothly ({@code smooth}).
 */
final class SeamBenchmark {

    private static final String[] THINGS = {
        "nuclei", "beads", "bacteria", "yeast cells", "membranes", "neurons", "filaments", "puncta", "tissue"
    };
    private static final String[] COLOURS = {"green", "red", "cyan", "magenta", "yellow", "white", "blue", "orange"};
    private static final String[] PLACES = {
        " on a dark background", "", " on a dark background, out of focus", " on a black background"
    };
    private static final int PLACES_ELSEWHERE = 8;
    private static final int DEEPEST = 6;
    private static final int TEXTURES_EACH = 4;
    private static final int TEXTURE_SQUARE = 32;

    private final DiffusionPipeline pipeline;
    private final SelectionInpainter inpainter;
    private final int steps;
    private final InpaintRecipe recipe;
    private final int side;

    private SeamBenchmark(DiffusionPipeline pipeline, int steps, InpaintRecipe recipe) {
        this.pipeline = pipeline;
        inpainter = new SelectionInpainter(pipeline);
        this.steps = steps;
        this.recipe = recipe;
        side = pipeline.checkpoint().nativeSize();
    }

    public static void main(String[] arguments) {
        int pictures = number(arguments, 0, 50);
        int steps = number(arguments, 1, 20);
        InpaintRecipe recipe = new InpaintRecipe(
                new Crop.Auto(), pixels(number(arguments, 2, -1)), pixels(number(arguments, 3, -1)), Optional.empty());
        String model = arguments.length > 4 ? arguments[4] : Models.EMBEDDED;
        try (DiffusionPipeline pipeline =
                DiffusionPipeline.open(Checkpoint.open(Models.locate(model)), Progress.NONE)) {
            SeamBenchmark benchmark = new SeamBenchmark(pipeline, steps, recipe);
            benchmark.seams(pictures);
            benchmark.textures();
        }
    }

    private static int number(String[] arguments, int index, int fallback) {
        return index < arguments.length ? Integer.parseInt(arguments[index]) : fallback;
    }

    private static OptionalInt pixels(int number) {
        return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /**
     * Mean gradients of one picture, from 0 to 1.
     *
     * @param inside the selection after inpainting, at each depth from 0 on; NaN where nothing of it is left
     * @param before at depth 0, before inpainting
     * @param elsewhere across the same contour
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Seam(double[] inside, double before, double elsewhere) {

        double ratio() {
            return inside[0] / elsewhere;
        }

        double ratioBefore() {
            return before / elsewhere;
        }
    }

    private void seams(int pictures) {
        List<Seam> seams = new ArrayList<>();
        print("picture   seam  before  elsewhere prompt%n");
        for (int index = 0; index < pictures; index++) {
            String prompt = prompt(index);
            Seam seam = seam(prompt, index);
            seams.add(seam);
            print("%7d %6.3f %7.3f %10.4f %s%n", index, seam.ratio(), seam.ratioBefore(), seam.elsewhere(), prompt);
        }
        double[] ratios = seams.stream().mapToDouble(Seam::ratio).toArray();
        double[] before = seams.stream().mapToDouble(Seam::ratioBefore).toArray();
        print("   mean %6.3f %7.3f%n", mean(ratios), mean(before));
        print(" median %6.3f %7.3f%n", median(ratios), median(before));
        print(" pooled %6.3f %7.3f%n", pooled(seams, seam -> seam.inside()[0]), pooled(seams, Seam::before));
        print("pooled by depth:");
        for (int depth = 0; depth <= DEEPEST; depth++) {
            int there = depth;
            print(" %.3f", pooled(seams, seam -> seam.inside()[there]));
        }
        print("%n");
    }

    private static double pooled(List<Seam> seams, ToDoubleFunction<Seam> gradient) {
        List<Seam> with = seams.stream()
                .filter(seam -> Double.isFinite(gradient.applyAsDouble(seam)))
                .toList();
        return with.stream().mapToDouble(gradient).sum()
                / with.stream().mapToDouble(Seam::elsewhere).sum();
    }

    private Seam seam(String prompt, int index) {
        Random random = new Random(index);
        TextToImageRequest settings = settings(prompt, index);
        RgbImage picture =
                pipeline.textToImage(settings, Progress.NONE).images().get(0).image();
        Mask mask = mask(random);
        RgbImage made = inpainted(picture, mask, settings.withSeed(1000L + index));
        double[] inside = IntStream.rangeClosed(0, DEEPEST)
                .mapToDouble(depth -> BorderGradient.inside(mask, made, depth))
                .toArray();
        return new Seam(
                inside,
                BorderGradient.across(mask, picture),
                BorderGradient.elsewhere(mask, picture, PLACES_ELSEWHERE, random));
    }

    private void textures() {
        print("%ntexture        mean  (was) variance  (was) spectrum   other  smooth%n");
        for (DrawnTexture texture : DrawnTexture.values()) {
            double[] sums = new double[7];
            for (int index = 0; index < TEXTURES_EACH; index++) {
                double[] row = texture(texture, index);
                Arrays.setAll(sums, i -> sums[i] + row[i] / TEXTURES_EACH);
            }
            print(
                    "%-12s %6.3f %6.3f %8.4f %6.4f %8.2f %7.2f %7.2f%n",
                    texture.name().toLowerCase(Locale.ROOT),
                    sums[0],
                    sums[1],
                    sums[2],
                    sums[3],
                    sums[4],
                    sums[5],
                    sums[6]);
        }
    }

    private double[] texture(DrawnTexture texture, int index) {
        RgbImage truth = texture.drawn(side, index);
        int corner = (side - TEXTURE_SQUARE) / 2;
        Region square = new Region(corner, corner, TEXTURE_SQUARE, TEXTURE_SQUARE);
        Mask mask = Mask.of(square, side, side);
        RgbImage made = inpainted(truth, mask, settings(texture.prompt(), index));
        TextureStatistics was = TextureStatistics.of(truth.crop(square));
        TextureStatistics is = TextureStatistics.of(made.crop(square));
        Region corners = new Region(0, 0, TEXTURE_SQUARE, TEXTURE_SQUARE);
        TextureStatistics other = TextureStatistics.of(truth.crop(corners));
        TextureStatistics smooth =
                TextureStatistics.of(MaskFill.SURROUNDINGS.applied(truth, mask).crop(square));
        return new double[] {
            is.mean(),
            was.mean(),
            is.variance(),
            was.variance(),
            is.spectrumDistance(was),
            other.spectrumDistance(was),
            smooth.spectrumDistance(was)
        };
    }

    private RgbImage inpainted(RgbImage picture, Mask mask, TextToImageRequest settings) {
        InpaintedSelection made =
                inpainter.inpaint(new SelectionRequest(settings, picture, mask, 1, recipe), Progress.NONE);
        return Blend.over(picture, made.result().images().get(0).image(), made.blend());
    }

    private TextToImageRequest settings(String prompt, long seed) {
        return TextToImageRequest.of(prompt, side, side)
                .withSteps(steps)
                .withGuidanceScale(pipeline.checkpoint().guidanceScale())
                .withSeed(seed);
    }

    /** All things, colours and places come up, in combinations that repeat late. */
    private static String prompt(int index) {
        String number = index % 3 == 0 ? "few " : "many ";
        String thing = THINGS[index % THINGS.length];
        String colour = COLOURS[index % COLOURS.length];
        return thing.equals("tissue")
                ? "purple and pink stained tissue"
                : number + colour + " " + thing + PLACES[index / 2 % PLACES.length];
    }

    /** An ellipse or a rectangle, a sixth to a third of the picture on a side, not at the picture's border. */
    private Mask mask(Random random) {
        int width = side / 6 + random.nextInt(side / 6);
        int height = side / 6 + random.nextInt(side / 6);
        int left = 1 + random.nextInt(side - width - 1);
        int top = 1 + random.nextInt(side - height - 1);
        if (random.nextBoolean()) {
            return Mask.of(new Region(left, top, width, height), side, side);
        }
        float[] values = new float[side * side];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double fromCentre = Math.hypot((2 * x + 1.0) / width - 1, (2 * y + 1.0) / height - 1);
                values[(top + y) * side + left + x] = fromCentre <= 1 ? 1 : 0;
            }
        }
        return new Mask(side, side, values);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    @SuppressWarnings({"SystemOut", "AnnotateFormatMethod"}) // a program that prints
    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
