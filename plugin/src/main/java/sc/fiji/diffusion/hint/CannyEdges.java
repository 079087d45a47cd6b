package sc.fiji.diffusion.hint;

import java.util.ArrayDeque;
import java.util.Deque;
import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * Edges one pixel wide (Canny 1986): Sobel gradients, kept where they are largest across the edge, and followed from
 * strong ones along weaker ones. With the conventions of OpenCV's {@code Canny}, on whose edges ControlNets were
 * trained: eight bits a channel, the channel with the steepest gradient, {@code |dx| + |dy|} as its size, no smoothing before,
 * the border continued. Written here because ImageJ has no Canny, and Java's libraries that have one bring megabytes.
 */
final class CannyEdges {

    /** Tangents of 22.5 and 67.5 degrees part the four directions across an edge. */
    private static final double TANGENT = Math.sqrt(2) - 1;

    private final int width;
    private final int height;
    private final int[] across;
    private final int[] down;

    private CannyEdges(RgbImage image) {
        width = image.width();
        height = image.height();
        across = new int[width * height];
        down = new int[width * height];
        int[] pixels = image.packed();
        for (int shift = 16; shift >= 0; shift -= 8) {
            keepSteepest(pixels, shift);
        }
    }

    /**
     * True on edges.
     *
     * @param low gradient from which on a pixel goes on an edge
     * @param high gradient above which an edge begins
     */
    static boolean[] of(RgbImage image, double low, double high) {
        CannyEdges gradients = new CannyEdges(image);
        boolean[] thin = gradients.thinned(Math.floor(low));
        return gradients.followed(thin, Math.floor(high));
    }

    private void keepSteepest(int[] pixels, int shift) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int above = y - 1;
                int below = y + 1;
                int left = x - 1;
                int right = x + 1;
                int topLeft = value(pixels, left, above, shift);
                int topRight = value(pixels, right, above, shift);
                int bottomLeft = value(pixels, left, below, shift);
                int bottomRight = value(pixels, right, below, shift);
                int dx = topRight
                        + 2 * value(pixels, right, y, shift)
                        + bottomRight
                        - (topLeft + 2 * value(pixels, left, y, shift) + bottomLeft);
                int dy = bottomLeft
                        + 2 * value(pixels, x, below, shift)
                        + bottomRight
                        - (topLeft + 2 * value(pixels, x, above, shift) + topRight);
                int pixel = y * width + x;
                if (Math.abs(dx) + Math.abs(dy) > size(x, y)) {
                    across[pixel] = dx;
                    down[pixel] = dy;
                }
            }
        }
    }

    /** Beyond the border lies what lies at the border. */
    private int value(int[] pixels, int x, int y, int shift) {
        int column = Math.min(width - 1, Math.max(0, x));
        int row = Math.min(height - 1, Math.max(0, y));
        return pixels[row * width + column] >> shift & 0xFF;
    }

    /** Of the gradient; 0 beyond the border. */
    private int size(int x, int y) {
        if (x < 0 || y < 0 || x >= width || y >= height) {
            return 0;
        }
        int pixel = y * width + x;
        return Math.abs(across[pixel]) + Math.abs(down[pixel]);
    }

    /** Above the threshold and no smaller than the two neighbours across the edge. */
    private boolean[] thinned(double low) {
        boolean[] thin = new boolean[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int size = size(x, y);
                thin[y * width + x] = size > low && isLargestAcross(x, y, size);
            }
        }
        return thin;
    }

    private boolean isLargestAcross(int x, int y, int size) {
        int dx = across[y * width + x];
        int dy = down[y * width + x];
        if (Math.abs(dy) < Math.abs(dx) * TANGENT) {
            return size > size(x - 1, y) && size >= size(x + 1, y);
        }
        if (Math.abs(dy) > Math.abs(dx) * (TANGENT + 2)) {
            return size > size(x, y - 1) && size >= size(x, y + 1);
        }
        int side = (dx ^ dy) < 0 ? -1 : 1;
        return size > size(x - side, y - 1) && size > size(x + side, y + 1);
    }

    /** From every pixel above the threshold to the thin ones that touch it, and on. */
    private boolean[] followed(boolean[] thin, double high) {
        boolean[] edges = new boolean[thin.length];
        Deque<Integer> ends = new ArrayDeque<>();
        for (int pixel = 0; pixel < thin.length; pixel++) {
            if (thin[pixel] && size(pixel % width, pixel / width) > high) {
                edges[pixel] = true;
                ends.push(pixel);
            }
        }
        while (!ends.isEmpty()) {
            int end = ends.pop();
            for (int y = Math.max(0, end / width - 1); y <= Math.min(height - 1, end / width + 1); y++) {
                for (int x = Math.max(0, end % width - 1); x <= Math.min(width - 1, end % width + 1); x++) {
                    int pixel = y * width + x;
                    if (thin[pixel] && !edges[pixel]) {
                        edges[pixel] = true;
                        ends.push(pixel);
                    }
                }
            }
        }
        return edges;
    }
}
