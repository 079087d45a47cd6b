package sc.fiji.diffusion.pixels;

import ij.CompositeImage;
import ij.ImagePlus;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import sc.fiji.diffusion.engine.RequestException;

/** Chooses the view for an image. */
final class ModelViews {

    /** The image's property that makes a composite show something else than the sum of its channels. */
    private static final String PROJECTION = "CompositeProjection";

    private static final Pattern NO_SUM = Pattern.compile("[Mm]ax|[Mm]in|[Ii]nvert");

    private ModelViews() {}

    static ModelView make(PixelPosition position, ValueRange range) {
        ImagePlus image = position.image();
        int width = image.getWidth();
        int height = image.getHeight();
        Object pixels = position.pixelsOf(position.channel());
        if (pixels instanceof int[] colors) {
            return new RgbView(width, height, colors);
        }
        boolean isPalette = image.getType() == ImagePlus.COLOR_256
                || (range instanceof ValueRange.DisplayRange && Palette.isUsedBy(image));
        if (isPalette && pixels instanceof byte[] indices) {
            return new IndexedColorView(width, height, indices, position.lutOf(position.channel()));
        }
        List<Channel> channels = new ArrayList<>();
        for (int channel : channelsShown(position)) {
            channels.add(channel(position, channel, range));
        }
        return channels.size() == 1
                ? new LutView(width, height, channels.get(0))
                : new CompositeView(width, height, channels);
    }

    private static Channel channel(PixelPosition position, int channel, ValueRange range) {
        Object pixels = position.pixelsOf(channel);
        PixelValues values = PixelValues.of(pixels)
                .orElseThrow(() -> new RequestException("image: expected 8-bit, 16-bit, 32-bit or RGB pixels, found "
                        + pixels.getClass().getSimpleName() + " in "
                        + position.image().getTitle()));
        return Channel.of(values, position.lutOf(channel), range);
    }

    private static List<Integer> channelsShown(PixelPosition position) {
        if (!(position.image() instanceof CompositeImage composite)
                || composite.getMode() != CompositeImage.COMPOSITE
                || composite.getNChannels() == 1) {
            return List.of(position.channel());
        }
        String projection = composite.getProp(PROJECTION);
        if (projection != null && NO_SUM.matcher(projection).find()) {
            throw new RequestException("composite: expected one that shows the sum of its channels, found projection "
                    + projection + " in " + composite.getTitle());
        }
        boolean[] active = composite.getActiveChannels();
        List<Integer> shown = new ArrayList<>();
        for (int channel = 1; channel <= composite.getNChannels(); channel++) {
            if (active[channel - 1]) {
                shown.add(channel);
            }
        }
        if (shown.isEmpty()) {
            throw new RequestException("composite: expected an active channel, found none in " + composite.getTitle());
        }
        return shown;
    }
}
