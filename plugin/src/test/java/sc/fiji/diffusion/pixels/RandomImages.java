package sc.fiji.diffusion.pixels;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.process.ImageProcessor;
import ij.process.LUT;
import java.awt.Color;
import java.util.Random;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.RgbImage;

/** Images with everything that can be in them, and what a model might make for them. */
final class RandomImages {

    private final Random random;

    RandomImages(Random random) {
        this.random = random;
    }

    /** A hyperstack with some channels, slices and frames. */
    ImagePlus image(Kind kind, int width, int height) {
        int channels = 1 + random.nextInt(4);
        int slices = 1 + random.nextInt(2);
        int frames = 1 + random.nextInt(2);
        ImageStack stack = new ImageStack(width, height);
        for (int index = 1; index <= channels * slices * frames; index++) {
            stack.addSlice("label " + index, pixels(kind.bits(), width * height));
        }
        ImagePlus image = new ImagePlus("test", stack);
        image.setDimensions(channels, slices, frames);
        image.setOpenAsHyperStack(true);
        image = kind.mode() == 0 ? single(kind, image) : composite(kind, image, channels);
        image.setPosition(1 + random.nextInt(channels), 1 + random.nextInt(slices), 1 + random.nextInt(frames));
        decorate(image);
        return image;
    }

    private ImagePlus single(Kind kind, ImagePlus image) {
        ImageProcessor processor = image.getProcessor();
        if (kind == Kind.INDEXED) {
            processor.setColorModel(lut(4));
            image.setTypeToColor256();
        } else if (kind != Kind.RGB) {
            processor.setLut(withRange(kind.bits(), lut(random.nextInt(5))));
        }
        return image;
    }

    private ImagePlus composite(Kind kind, ImagePlus image, int channels) {
        CompositeImage composite = new CompositeImage(image, kind.mode());
        LUT[] luts = new LUT[channels];
        for (int channel = 0; channel < channels; channel++) {
            luts[channel] = withRange(kind.bits(), lut(random.nextInt(5)));
        }
        composite.setLuts(luts);
        boolean[] active = composite.getActiveChannels();
        for (int channel = 1; channel < channels; channel++) {
            active[channel] = kind.mode() == CompositeImage.COMPOSITE ? random.nextInt(4) > 0 : active[channel];
        }
        return composite;
    }

    private void decorate(ImagePlus image) {
        Calibration calibration = image.getCalibration();
        calibration.pixelWidth = 0.25;
        calibration.setUnit("µm");
        if (image.getBitDepth() <= 16 && random.nextBoolean()) {
            calibration.setFunction(Calibration.STRAIGHT_LINE, new double[] {-7, 3}, "OD");
        }
        image.setOverlay(new Overlay(new Roi(0, 0, 1, 1)));
        image.setProperty("Info", "made by a test");
        image.setProp("key", "value");
        if (random.nextBoolean()) {
            image.setRoi(0, 0, 1, 1);
        }
    }

    /** The array of a slice; of 32-bit values one in ten is not finite. */
    private Object pixels(int bits, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        if (bits == 8) {
            return bytes;
        }
        short[] shorts = new short[count];
        int[] colors = new int[count];
        float[] floats = new float[count];
        float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.intBitsToFloat(0x7fc12345)};
        for (int pixel = 0; pixel < count; pixel++) {
            shorts[pixel] = (short) random.nextInt();
            colors[pixel] = random.nextInt();
            floats[pixel] =
                    random.nextInt(10) == 0 ? odd[random.nextInt(odd.length)] : (float) (1000 * random.nextGaussian());
        }
        return bits == 16 ? shorts : bits == 24 ? colors : floats;
    }

    private LUT withRange(int bits, LUT lut) {
        int span = bits == 8 ? 256 : 65536;
        lut.min = random.nextInt(span / 2);
        lut.max = lut.min + 1 + random.nextInt(span / 2 - 1);
        if (bits == 32) {
            lut.min = (float) (lut.min / 100 - 300);
            lut.max = (float) (lut.max / 100 - 300);
        }
        return lut;
    }

    /** Grey, inverted grey, one colour, one that gets ever brighter, or no two entries related. */
    LUT lut(int kind) {
        LUT grey = LUT.createLutFromColor(Color.WHITE);
        if (kind < 2) {
            return kind == 0 ? grey : grey.createInvertedLut();
        }
        if (kind == 2) {
            return LUT.createLutFromColor(new Color(random.nextInt(1 << 24)));
        }
        byte[][] colors = new byte[3][256];
        for (byte[] color : colors) {
            random.nextBytes(color);
        }
        for (int entry = 0; kind == 3 && entry < 256; entry++) {
            colors[0][entry] = (byte) entry;
            colors[1][entry] = (byte) (entry * entry / 255);
            colors[2][entry] = (byte) Math.max(0, 2 * entry - 255);
        }
        return new LUT(colors[0], colors[1], colors[2]);
    }

    /** Mostly within 0 to 1. */
    RgbImage picture(int width, int height) {
        float[] samples = new float[3 * width * height];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = random.nextFloat() * 1.2f - 0.1f;
        }
        return new RgbImage(width, height, samples);
    }

    /** Empty, full, a hard or soft disc that may touch borders, or no two values related. */
    Mask mask(int width, int height) {
        float[] values = new float[width * height];
        int kind = random.nextInt(5);
        double x = random.nextInt(width);
        double y = random.nextInt(height);
        double radius = 1 + random.nextInt(20);
        for (int pixel = 0; pixel < values.length; pixel++) {
            int row = pixel / width;
            double inside = radius - Math.hypot(pixel % width - x, row - y);
            double soft = Math.min(1, Math.max(0, inside / 5));
            double unrelated = Math.max(0, random.nextDouble() * 2 - 1);
            values[pixel] = (float) new double[] {0, 1, Math.ceil(soft), soft, unrelated}[kind];
        }
        return new Mask(width, height, values);
    }

    ValueRange range(Kind kind) {
        ValueRange given = kind.bits() == 32 ? new ValueRange.Given(-3.25, 7.1) : new ValueRange.Given(-20.5, 200.25);
        return new ValueRange[] {new ValueRange.DisplayRange(), new ValueRange.MinMax(), given}[random.nextInt(3)];
    }
}
