package sc.fiji.diffusion.canvas;

import java.util.ArrayDeque;
import java.util.Queue;

/** Gives pixels that are no numbers, or infinite, the mean of their neighbours, from the edges of a gap inwards. */
final class FiniteFill {

    private FiniteFill() {}

    /**
     * A copy with finite values everywhere; all 0 if there are none.
     *
     * @param values row by row
     */
    static float[] filled(float[] values, int width) {
        float[] filled = values.clone();
        Queue<Integer> edge = new ArrayDeque<>();
        boolean[] queued = new boolean[values.length];
        for (int pixel = 0; pixel < values.length; pixel++) {
            if (Float.isFinite(values[pixel])) {
                queued[pixel] = true;
            } else if (neighbours(filled, pixel, width).count > 0) {
                queued[pixel] = true;
                edge.add(pixel);
            }
        }
        while (!edge.isEmpty()) {
            int pixel = edge.remove();
            filled[pixel] = neighbours(filled, pixel, width).mean();
            for (int neighbour : new int[] {pixel - 1, pixel + 1, pixel - width, pixel + width}) {
                if (isNeighbour(pixel, neighbour, width, values.length) && !queued[neighbour]) {
                    queued[neighbour] = true;
                    edge.add(neighbour);
                }
            }
        }
        for (int pixel = 0; pixel < filled.length; pixel++) {
            filled[pixel] = Float.isFinite(filled[pixel]) ? filled[pixel] : 0;
        }
        return filled;
    }

    private record Neighbours(double sum, int count) {
        float mean() {
            return (float) (sum / count);
        }
    }

    private static Neighbours neighbours(float[] values, int pixel, int width) {
        double sum = 0;
        int count = 0;
        for (int neighbour : new int[] {pixel - 1, pixel + 1, pixel - width, pixel + width}) {
            if (isNeighbour(pixel, neighbour, width, values.length) && Float.isFinite(values[neighbour])) {
                sum += values[neighbour];
                count++;
            }
        }
        return new Neighbours(sum, count);
    }

    private static boolean isNeighbour(int pixel, int neighbour, int width, int count) {
        boolean sameRow = Math.floorDiv(neighbour, width) == pixel / width;
        return neighbour >= 0 && neighbour < count && (sameRow || Math.abs(neighbour - pixel) == width);
    }
}
