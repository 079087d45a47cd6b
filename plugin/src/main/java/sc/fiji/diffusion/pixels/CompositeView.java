package sc.fiji.diffusion.pixels;

import java.util.List;
import java.util.stream.Stream;

/**
 * Several channels at once, seen as ImageJ's composite mode shows them: their colours added and cut off at 1. What is
 * generated is compared with what was seen, and the change is shared out among the channels.
 */
final class CompositeView extends ModelView {

    private final Channel[] channels;
    private final Unmixing unmixing;
    private final float[] color = new float[3];
    private final double[] change = new double[3];
    private final double[] lowest;
    private final double[] highest;
    private final double[] changes;

    /** @param channels those that are active */
    CompositeView(int width, int height, List<Channel> channels) {
        super(width, height);
        this.channels = channels.toArray(new Channel[0]);
        unmixing = new Unmixing(channels.stream().map(Channel::colors).toList());
        lowest = new double[channels.size()];
        highest = new double[channels.size()];
        changes = new double[channels.size()];
    }

    @Override
    public List<ValueRange.Given> ranges() {
        return Stream.of(channels).map(Channel::given).toList();
    }

    @Override
    void see(int pixel, float[] samples, int offset) {
        double red = 0;
        double green = 0;
        double blue = 0;
        for (Channel channel : channels) {
            channel.colors().color(channel.fraction(pixel), color, 0);
            red += color[0];
            green += color[1];
            blue += color[2];
        }
        samples[offset] = (float) Math.min(1, red);
        samples[offset + 1] = (float) Math.min(1, green);
        samples[offset + 2] = (float) Math.min(1, blue);
    }

    @Override
    void blend(int pixel, float[] rgb, float share) {
        see(pixel, color, 0);
        for (int sample = 0; sample < 3; sample++) {
            change[sample] = (double) rgb[sample] - color[sample];
        }
        for (int channel = 0; channel < channels.length; channel++) {
            // A pixel that can't be written can't take a part of the change.
            boolean writable = channels[channel].isWritable(pixel);
            double fraction = channels[channel].fraction(pixel);
            lowest[channel] = writable ? -fraction : 0;
            highest[channel] = writable ? 1 - fraction : 0;
        }
        unmixing.shareOut(change, lowest, highest, changes);
        for (int index = 0; index < channels.length; index++) {
            Channel channel = channels[index];
            double width = channel.range().max() - channel.range().min();
            channel.blend(pixel, channel.valueInRange(pixel) + changes[index] * width, share);
        }
    }
}
