package sc.fiji.diffusion.pixels;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.process.LUT;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All of an image that writing pixels must not change, and copies of its pixels.
 *
 * @param facts each with its name, so that a failing test tells which it was
 * @param arrays the image's own
 * @param pixels copies of them
 */
record ImageState(List<String> facts, List<Object> arrays, List<Object> pixels) {

    static ImageState of(ImagePlus image) {
        List<String> facts = new ArrayList<>();
        facts.add("type: " + image.getType() + " " + image.getTitle() + " " + image.changes);
        facts.add("dimensions: " + Arrays.toString(image.getDimensions()));
        facts.add("current slice: " + image.getCurrentSlice());
        facts.add("roi: " + image.getRoi());
        facts.add("overlay: " + System.identityHashCode(image.getOverlay()) + image.getOverlay());
        // The table first: it is made when it is asked for, and the text tells whether it is there.
        facts.add("calibration table: " + Arrays.hashCode(image.getCalibration().getCTable()));
        facts.add("calibration: " + image.getCalibration());
        facts.add("properties: " + image.getProperties() + Arrays.toString(image.getPropertiesAsArray()));
        facts.add("labels: " + Arrays.toString(image.getStack().getSliceLabels()));
        for (LUT lut : image.getLuts()) {
            facts.add("lut: " + lut.min + " " + lut.max + " " + Arrays.hashCode(lut.getBytes()));
        }
        if (image.getType() != ImagePlus.COLOR_RGB) {
            facts.add("display range: " + image.getDisplayRangeMin() + " " + image.getDisplayRangeMax());
        }
        if (image instanceof CompositeImage composite) {
            facts.add("mode: " + composite.getMode() + Arrays.toString(composite.getActiveChannels()));
        }
        List<Object> arrays = new ArrayList<>();
        List<Object> pixels = new ArrayList<>();
        for (int index = 1; index <= image.getStackSize(); index++) {
            Object array = image.getStack().getPixels(index);
            arrays.add(array);
            Object copy = Array.newInstance(array.getClass().getComponentType(), Array.getLength(array));
            System.arraycopy(array, 0, copy, 0, Array.getLength(array));
            pixels.add(copy);
        }
        return new ImageState(facts, arrays, pixels);
    }

    /** The value as it is stored: the bits of a float, a whole number for others. */
    static int bits(Object array, int pixel) {
        return array instanceof float[] floats
                ? Float.floatToRawIntBits(floats[pixel])
                : array instanceof int[] colors ? colors[pixel] : (int) value(array, pixel);
    }

    static double value(Object array, int pixel) {
        if (array instanceof byte[] bytes) {
            return bytes[pixel] & 0xff;
        }
        return array instanceof short[] shorts ? shorts[pixel] & 0xffff : ((float[]) array)[pixel];
    }
}
