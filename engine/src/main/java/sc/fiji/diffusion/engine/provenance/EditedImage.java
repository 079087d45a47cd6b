package sc.fiji.diffusion.engine.provenance;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import sc.fiji.diffusion.engine.image.Region;

/**
 * The image that a picture was taken from, and how it was put back: what ImageJ knows and the engine does not. Hashes are
 * those of {@link sc.fiji.diffusion.engine.image.PixelHash}.
 *
 * @param title of the image, which for most is its file's name
 * @param output where the picture went: {@code new}, {@code replace}, {@code append}, {@code expand} or {@code upscale}
 * @param slices indices in the stack, from 1, of the slice or, of a composite, of the channels that make up the picture
 * @param sha256 of those slices' pixels before, in the same order
 * @param minimums the value of each slice that the model saw as the first colour of its LUT; empty for colours
 * @param maximums the value of each slice that the model saw as the last colour of its LUT; empty for colours
 * @param region the rectangle that was worked on, where it was one and not all of the picture
 */
public record EditedImage(
        String title,
        String output,
        List<Integer> slices,
        List<String> sha256,
        List<Double> minimums,
        List<Double> maximums,
        Optional<Region> region) {

    public EditedImage {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(output, "output");
        slices = List.copyOf(slices);
        sha256 = List.copyOf(sha256);
        minimums = List.copyOf(minimums);
        maximums = List.copyOf(maximums);
        Objects.requireNonNull(region, "region");
    }
}
