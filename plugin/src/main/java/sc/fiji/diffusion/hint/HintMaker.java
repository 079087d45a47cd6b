package sc.fiji.diffusion.hint;

import ij.ImagePlus;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.pixels.ModelView;
import sc.fiji.diffusion.pixels.ValueRange;

/**
 * Makes control images.
 *
 * @param hint of which kind
 * @param low gradient from which on a pixel goes on an edge, 0 to {@code high}; 8 bits a channel, as OpenCV's Canny has it
 * @param high gradient above which an edge begins
 */
public record HintMaker(Hint hint, double low, double high) {

    /** The lower gradient where the user names none; that of diffusers' examples. */
    public static final double DEFAULT_LOW = 100;

    /** The upper gradient where the user names none; that of diffusers' examples. */
    public static final double DEFAULT_HIGH = 200;

    private static final Pattern TEXT = Pattern.compile("(?<hint>[a-z]+)(?: (?<low>\\S+) (?<high>\\S+))?");

    public HintMaker {
        if (!(low >= 0 && high >= low && Double.isFinite(high))) {
            throw new RequestException(
                    "edges: expected a lower gradient from 0 up to the upper one, found " + low + " and " + high);
        }
    }

    /** With the usual gradients. */
    public static HintMaker of(Hint hint) {
        return new HintMaker(hint, DEFAULT_LOW, DEFAULT_HIGH);
    }

    /**
     * What {@link #text} says; usual gradients where it says none.
     *
     * @return empty if it says nothing that is known
     */
    public static Optional<HintMaker> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Optional<Hint> hint = Hint.of(parts.group("hint"));
        try {
            return hint.map(known -> parts.group("low") == null
                    ? of(known)
                    : new HintMaker(
                            known, Double.parseDouble(parts.group("low")), Double.parseDouble(parts.group("high"))));
        } catch (NumberFormatException | RequestException damaged) {
            return Optional.empty();
        }
    }

    /** For the provenance: the hint's key, and of edges both gradients, such as {@code edges 100.0 200.0}. */
    public String text() {
        return hint == Hint.EDGES ? hint.key() + " " + low + " " + high : hint.key();
    }

    /** @throws RequestException if there is nothing to make such a control image of */
    public void requireSuits(ImagePlus image) {
        switch (hint) {
            case LABELS -> LabelHint.require(image);
            case ROIS, OUTLINES -> RoiHint.rois(image, image.getCurrentSlice());
            case AS_IS, EDGES, DEPTH, INVERTED_DEPTH, SCRIBBLE -> {
                // any picture will do
            }
        }
    }

    /** The control image of the slice that an image shows, in its size. */
    public RgbImage ofImage(ImagePlus image) {
        return ofSlice(image, image.getCurrentSlice());
    }

    /**
     * The control image of a slice, in its size.
     *
     * @param stackIndex from 1
     */
    public RgbImage ofSlice(ImagePlus image, int stackIndex) {
        return switch (hint) {
            case LABELS -> LabelHint.of(image, stackIndex);
            case ROIS -> RoiHint.filled(RoiHint.rois(image, stackIndex), image.getWidth(), image.getHeight());
            case OUTLINES -> RoiHint.outlines(RoiHint.rois(image, stackIndex), image.getWidth(), image.getHeight());
            case AS_IS, EDGES, DEPTH, INVERTED_DEPTH, SCRIBBLE -> ofPicture(seen(image, stackIndex));
        };
    }

    /** The control image of a picture, for hints that are made of one. */
    public RgbImage ofPicture(RgbImage picture) {
        return switch (hint) {
            case AS_IS -> picture;
            case EDGES -> GreyPicture.white(CannyEdges.of(picture, low, high), picture.width());
            case DEPTH -> GreyPicture.of(picture).toRgb();
            case INVERTED_DEPTH -> GreyPicture.of(picture).inverted().toRgb();
            case SCRIBBLE -> Lines.of(GreyPicture.of(picture));
            case LABELS, ROIS, OUTLINES -> throw new IllegalStateException(hint + " is not made of a picture");
        };
    }

    private static RgbImage seen(ImagePlus image, int stackIndex) {
        return ModelView.of(image, stackIndex, new ValueRange.DisplayRange()).seen();
    }
}
