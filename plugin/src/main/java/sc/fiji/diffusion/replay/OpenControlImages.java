package sc.fiji.diffusion.replay;

import ij.ImagePlus;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.PixelHash;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.provenance.ControlNetUse;
import sc.fiji.diffusion.hint.Hint;
import sc.fiji.diffusion.hint.HintMaker;
import sc.fiji.diffusion.pixels.ModelView;
import sc.fiji.diffusion.pixels.ValueRange;

/**
 * Finds what a ControlNet steered by: made, as it is known to have been, of the picture that was worked on or of an open
 * image, or a control image that is itself open. Its hash tells.
 */
final class OpenControlImages {

    private OpenControlImages() {}

    /**
     * Finds it.
     *
     * @param worked on; empty where words alone were
     * @param progress is asked between pictures whether to go on
     * @throws RequestException if it is not to be had
     */
    static RgbImage find(ControlNetUse use, Optional<SeenPart> worked, Progress progress) {
        return candidates(use.hint().flatMap(HintMaker::parse), worked)
                .filter(picture -> {
                    progress.checkCancelled();
                    return PixelHash.of(picture).equals(use.imageSha256());
                })
                .findFirst()
                .orElseThrow(() -> new RequestException("control image: expected an open image with what " + use.name()
                        + " steered by"
                        + use.hint().map(hint -> " (" + hint + ")").orElse("")
                        + ", found none; open it"));
    }

    /** The likely ones first; each is made when it is asked for. */
    private static Stream<RgbImage> candidates(Optional<HintMaker> maker, Optional<SeenPart> worked) {
        Stream<RgbImage> itself = worked.stream().map(SeenPart::picture);
        Stream<RgbImage> shown = OpenSource.openImages().map(image -> seen(image, image.getCurrentSlice()));
        Stream<RgbImage> others =
                OpenSource.openImages().flatMap(image -> slices(image).skip(1).map(index -> seen(image, index)));
        return Stream.of(
                        ofPictures(itself, maker), ofImages(maker), ofPictures(shown, maker), ofPictures(others, maker))
                .flatMap(pictures -> pictures)
                .flatMap(picture -> Stream.concat(
                        Stream.of(picture),
                        worked.stream()
                                .filter(part -> !part.isAsLargeAs(picture))
                                .map(part -> laidOver(part, picture))));
    }

    /** What the hint makes of pictures, and they as they are. */
    private static Stream<RgbImage> ofPictures(Stream<RgbImage> pictures, Optional<HintMaker> maker) {
        Optional<HintMaker> making = maker.filter(known -> known.hint().isOfPicture() && known.hint() != Hint.AS_IS);
        return pictures.flatMap(picture -> Stream.concat(
                making.stream().flatMap(known -> made(() -> known.ofPicture(picture))), Stream.of(picture)));
    }

    /** What is not made of pictures, but of an image's numbers or of ROIs. */
    private static Stream<RgbImage> ofImages(Optional<HintMaker> maker) {
        return maker.filter(known -> !known.hint().isOfPicture()).stream().flatMap(known -> OpenSource.openImages()
                .flatMap(image -> slices(image).flatMap(index -> made(() -> known.ofSlice(image, index)))));
    }

    /** The one that is shown first. */
    private static Stream<Integer> slices(ImagePlus image) {
        int shown = image.getCurrentSlice();
        return Stream.concat(
                Stream.of(shown),
                IntStream.rangeClosed(1, image.getStackSize())
                        .filter(index -> index != shown)
                        .boxed());
    }

    /** Not every picture has what a hint is made of. */
    private static Stream<RgbImage> made(Supplier<RgbImage> hint) {
        try {
            return Stream.of(hint.get());
        } catch (RequestException unsuited) {
            return Stream.empty();
        }
    }

    private static RgbImage seen(ImagePlus image, int index) {
        return ModelView.of(image, index, new ValueRange.DisplayRange()).seen();
    }

    private static RgbImage laidOver(SeenPart part, RgbImage control) {
        RgbImage picture = part.picture();
        return new SeenPart(Resampling.resized(control, picture.width(), picture.height()), part.region()).image();
    }
}
