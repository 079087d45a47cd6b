package sc.fiji.diffusion.pixels;

import java.util.List;

/** One channel of 8, 16 or 32 bits, seen through its range and its LUT. */
final class LutView extends ModelView {

    private final Channel channel;
    private final float[] before = new float[3];

    LutView(int width, int height, Channel channel) {
        super(width, height);
        this.channel = channel;
    }

    @Override
    public List<ValueRange.Given> ranges() {
        return List.of(channel.given());
    }

    @Override
    void see(int pixel, float[] samples, int offset) {
        channel.colors().color(channel.fraction(pixel), samples, offset);
    }

    @Override
    void blend(int pixel, float[] rgb, float share) {
        see(pixel, before, 0);
        // Many values may have the colour; if it is still the same, so is the value.
        boolean unchanged = rgb[0] == before[0] && rgb[1] == before[1] && rgb[2] == before[2];
        double value = unchanged
                ? channel.valueInRange(pixel)
                : channel.range().valueAt(channel.colors().fraction(rgb, 0));
        channel.blend(pixel, value, share);
    }
}
