package sc.fiji.diffusion.pixels;

import java.util.Arrays;

/**
 * Finds the nearest of up to 256 straight segments in the RGB cube; a segment may be a single point.
 *
 * <p>The cube is divided into 32³ cells. When a colour falls into a cell for the first time, the segments that may be
 * the nearest for any colour of that cell are noted, usually some ten; later colours try only these. So the answer is
 * exact, and an image pays only for the cells that its colours are in. Not safe for several threads.
 */
final class ColorSegments {

    private static final int CELLS = 32;
    private static final double HALF_DIAGONAL = Math.sqrt(3) / 2 / CELLS;

    /** Start, then end less start, then 1 / length² or 0. */
    private static final int STRIDE = 7;

    private final int count;
    private final double[] geometry;
    private final byte[][] candidates = new byte[CELLS * CELLS * CELLS][];

    /**
     * @param starts red, green and blue of one segment after the other, from 0 to 1
     * @param ends in the same way
     */
    ColorSegments(float[] starts, float[] ends) {
        count = starts.length / 3;
        geometry = new double[STRIDE * count];
        for (int segment = 0; segment < count; segment++) {
            double squaredLength = 0;
            for (int sample = 0; sample < 3; sample++) {
                double start = starts[3 * segment + sample];
                double step = ends[3 * segment + sample] - start;
                geometry[STRIDE * segment + sample] = start;
                geometry[STRIDE * segment + 3 + sample] = step;
                squaredLength += step * step;
            }
            geometry[STRIDE * segment + 6] = squaredLength > 0 ? 1 / squaredLength : 0;
        }
    }

    /** The index of the segment that comes nearest to a colour in the cube; of several, the first. */
    int nearest(float[] rgb, int offset) {
        double red = rgb[offset];
        double green = rgb[offset + 1];
        double blue = rgb[offset + 2];
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (byte candidate : candidatesIn(cell(red), cell(green), cell(blue))) {
            int segment = Byte.toUnsignedInt(candidate);
            double distance = squaredDistance(segment, red, green, blue);
            if (distance < least) {
                least = distance;
                nearest = segment;
            }
        }
        return nearest;
    }

    /** Where a segment comes nearest to a colour: from 0, its start, to 1, its end. */
    double along(int segment, double red, double green, double blue) {
        int at = STRIDE * segment;
        double along = (red - geometry[at]) * geometry[at + 3]
                + (green - geometry[at + 1]) * geometry[at + 4]
                + (blue - geometry[at + 2]) * geometry[at + 5];
        return Math.min(1, Math.max(0, along * geometry[at + 6]));
    }

    double squaredDistance(int segment, double red, double green, double blue) {
        int at = STRIDE * segment;
        double along = along(segment, red, green, blue);
        double r = red - geometry[at] - along * geometry[at + 3];
        double g = green - geometry[at + 1] - along * geometry[at + 4];
        double b = blue - geometry[at + 2] - along * geometry[at + 5];
        return r * r + g * g + b * b;
    }

    private static int cell(double sample) {
        return Math.min(CELLS - 1, (int) (sample * CELLS));
    }

    private byte[] candidatesIn(int red, int green, int blue) {
        int cell = (red * CELLS + green) * CELLS + blue;
        if (candidates[cell] == null) {
            candidates[cell] = findCandidates(center(red), center(green), center(blue));
        }
        return candidates[cell];
    }

    private static double center(int cell) {
        return (cell + 0.5) / CELLS;
    }

    private byte[] findCandidates(double red, double green, double blue) {
        double[] distances = new double[count];
        double least = Double.POSITIVE_INFINITY;
        for (int segment = 0; segment < count; segment++) {
            distances[segment] = Math.sqrt(squaredDistance(segment, red, green, blue));
            least = Math.min(least, distances[segment]);
        }
        // From the centre to a colour in the cell, any distance changes by at most half the diagonal; a bit for
        // rounding.
        double reach = least + 2.001 * HALF_DIAGONAL;
        byte[] found = new byte[count];
        int size = 0;
        for (int segment = 0; segment < count; segment++) {
            if (distances[segment] <= reach) {
                found[size++] = (byte) segment;
            }
        }
        return Arrays.copyOf(found, size);
    }
}
