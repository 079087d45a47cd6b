package sc.fiji.diffusion.altered;

import ij.ImagePlus;
import java.util.BitSet;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import sc.fiji.diffusion.engine.image.Mask;

/**
 * The pixels of an image that were generated, slice by slice, packed. Not safe for several threads.
 *
 * <p>ImageJ saves the property that keeps them in TIFF files, and hands it on to copies. A copy of another width or
 * height, or of fewer slices, has none: nobody knows which they would be. Slices that are put in between or reordered
 * later are not followed.
 */
public final class AlteredPixels {

    private final int width;
    private final int height;
    private final int stackSize;
    private final SortedMap<Integer, AlteredSlice> slices = new TreeMap<>();

    AlteredPixels(int width, int height, int stackSize) {
        this.width = width;
        this.height = height;
        this.stackSize = stackSize;
    }

    /** None yet of an image, whatever it keeps. */
    public static AlteredPixels none(ImagePlus image) {
        return new AlteredPixels(image.getWidth(), image.getHeight(), image.getStackSize());
    }

    /** Those that the image keeps; none if it keeps none, or what it keeps is damaged or does not fit. */
    public static AlteredPixels of(ImagePlus image) {
        AlteredPixels none = none(image);
        // Not getProp, which would also search the Info.
        String text = image.getImageProperties().getProperty(AlteredPixelsText.KEY);
        return text == null ? none : AlteredPixelsText.read(text, none).orElse(none);
    }

    /**
     * Adds every pixel where the mask is above 0 to those of the slice.
     *
     * @param stackIndex from 1 to the number of slices
     * @param mask as large as the image
     */
    public void add(int stackIndex, Mask mask) {
        Objects.checkIndex(stackIndex - 1, stackSize);
        if (mask.width() != width || mask.height() != height) {
            throw new IllegalArgumentException(
                    "mask: expected " + width + "x" + height + " pixels, found " + mask.width() + "x" + mask.height());
        }
        BitSet pixels = new BitSet(width * height);
        for (int i = 0; i < mask.values().length; i++) {
            if (mask.values()[i] > 0) {
                pixels.set(i);
            }
        }
        add(stackIndex, pixels);
    }

    /** A slice is listed only if it has such pixels; they are added to the set too. */
    void add(int stackIndex, BitSet pixels) {
        if (!pixels.isEmpty()) {
            pixels.or(pixels(stackIndex));
            slices.put(stackIndex, AlteredSlice.of(pixels));
        }
    }

    /** @param slice in place of what there was; has such pixels, or is left out */
    void put(int stackIndex, AlteredSlice slice) {
        if (slice.count() > 0) {
            slices.put(stackIndex, slice);
        }
    }

    /** Those of a slice, each at {@code y * width + x}; a copy. */
    BitSet pixels(int stackIndex) {
        AlteredSlice slice = slices.get(stackIndex);
        return slice == null ? new BitSet() : slice.pixels(width * height);
    }

    /**
     * The pixels of a slice, 1 where they were generated and 0 elsewhere; empty if none was.
     *
     * @param stackIndex from 1
     */
    public Optional<Mask> mask(int stackIndex) {
        if (!slices.containsKey(stackIndex)) {
            return Optional.empty();
        }
        float[] values = new float[width * height];
        pixels(stackIndex).stream().forEach(i -> values[i] = 1);
        return Optional.of(new Mask(width, height, values));
    }

    /**
     * The same pixels on a larger canvas.
     *
     * @param newWidth of the canvas
     * @param newHeight of the canvas
     * @param left columns of the canvas before the first of the image
     * @param top rows of the canvas above the first of the image
     */
    public AlteredPixels onCanvas(int newWidth, int newHeight, int left, int top) {
        if (left < 0 || top < 0 || left + width > newWidth || top + height > newHeight) {
            throw new IllegalArgumentException("canvas: expected one that holds " + width + "x" + height + " pixels at "
                    + left + "," + top + ", found " + newWidth + "x" + newHeight);
        }
        AlteredPixels moved = new AlteredPixels(newWidth, newHeight, stackSize);
        slices.keySet().forEach(stackIndex -> {
            BitSet there = new BitSet(newWidth * newHeight);
            pixels(stackIndex).stream().forEach(i -> there.set((top + i / width) * newWidth + left + i % width));
            moved.add(stackIndex, there);
        });
        return moved;
    }

    /** How many there are in all slices. */
    public long count() {
        return slices.values().stream().mapToLong(AlteredSlice::count).sum();
    }

    public boolean isEmpty() {
        return slices.isEmpty();
    }

    /**
     * Keeps them in the image's properties instead of what it kept before, and their number in its Info.
     *
     * @param image as large as the one that they are of
     */
    public void keepIn(ImagePlus image) {
        if (image.getWidth() != width || image.getHeight() != height || image.getStackSize() < stackSize) {
            throw new IllegalArgumentException("image: expected " + width + "x" + height + "x" + stackSize
                    + " pixels, found " + image.getWidth() + "x" + image.getHeight() + "x" + image.getStackSize());
        }
        image.setProp(AlteredPixelsText.KEY, isEmpty() ? null : AlteredPixelsText.write(this));
        AlteredPixelsInfo.update(image, this);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int stackSize() {
        return stackSize;
    }

    SortedMap<Integer, AlteredSlice> slices() {
        return slices;
    }
}
