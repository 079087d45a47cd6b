package sc.fiji.diffusion.pixels;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Shares out a change of colour among channels: least squares with a small ridge, so that channels of the same colour
 * take equal parts, and with limits for each channel, so that the others make up for one that can't follow.
 *
 * <p>With {@code D} as the 3×C matrix of the channels' colours (the last of a LUT less its first) the least squares
 * are {@code Dᵀ (D Dᵀ + ridge)⁻¹ change}: an inverse of 3×3 numbers, whatever the number of channels. Where that
 * breaks limits, a few sweeps of projected coordinate descent on the same sum of squares follow.
 */
final class Unmixing {

    /** Next to colours from 0 to 1: takes 0.01 % off a change, and tames channels whose colours are nearly the same. */
    private static final double RIDGE = 1e-4;

    private static final int SWEEPS = 8;

    /** Of a channel's range: below it another sweep changes no value of 16 bits. */
    private static final double SETTLED = 1e-6;

    private final int count;

    /** Red, green and blue of one channel after the other. */
    private final double[] directions;

    /** The squared lengths of the directions. */
    private final double[] squares;

    /** The matrix of the free solution, in the same order. */
    private final double[] solution;

    private final double[] residual = new double[3];

    Unmixing(List<LookupTable> channels) {
        count = channels.size();
        directions = new double[3 * count];
        float[] first = new float[3];
        float[] last = new float[3];
        for (int channel = 0; channel < count; channel++) {
            channels.get(channel).color(0, first, 0);
            channels.get(channel).color(1, last, 0);
            for (int sample = 0; sample < 3; sample++) {
                directions[3 * channel + sample] = last[sample] - first[sample];
            }
        }
        squares = IntStream.range(0, count)
                .mapToDouble(channel -> dot(directions, channel, directions, channel))
                .toArray();
        solution = solution();
    }

    /**
     * @param change of red, green and blue
     * @param lowest change of each channel, at most 0
     * @param highest change of each channel, at least 0
     * @param changes receives what each channel takes; a channel takes nothing of no change
     */
    void shareOut(double[] change, double[] lowest, double[] highest, double[] changes) {
        boolean free = true;
        System.arraycopy(change, 0, residual, 0, 3);
        for (int channel = 0; channel < count; channel++) {
            double wanted = dot(solution, channel, change);
            changes[channel] = Math.min(highest[channel], Math.max(lowest[channel], wanted));
            free &= changes[channel] == wanted;
            takeFromResidual(channel, changes[channel]);
        }
        // Most are settled at once: where a background is to get darker, no channel can follow.
        boolean settled = free;
        for (int sweep = 0; !settled && sweep < SWEEPS; sweep++) {
            settled = sweep(lowest, highest, changes) < SETTLED;
        }
    }

    /** Gives each channel in turn what is best for it while the others stay; returns how far one moved at most. */
    private double sweep(double[] lowest, double[] highest, double[] changes) {
        double farthest = 0;
        for (int channel = 0; channel < count; channel++) {
            double square = squares[channel];
            double wanted = (dot(directions, channel, residual) + square * changes[channel]) / (square + RIDGE);
            double limited = Math.min(highest[channel], Math.max(lowest[channel], wanted));
            double move = limited - changes[channel];
            if (move != 0) {
                takeFromResidual(channel, move);
                changes[channel] = limited;
                farthest = Math.max(farthest, Math.abs(move));
            }
        }
        return farthest;
    }

    private void takeFromResidual(int channel, double taken) {
        for (int sample = 0; sample < 3; sample++) {
            residual[sample] -= taken * directions[3 * channel + sample];
        }
    }

    private double[] solution() {
        double[] square = new double[9];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                double sum = row == column ? RIDGE : 0;
                for (int channel = 0; channel < count; channel++) {
                    sum += directions[3 * channel + row] * directions[3 * channel + column];
                }
                square[3 * row + column] = sum;
            }
        }
        double[] inverse = inverseOfSymmetric(square);
        double[] product = new double[3 * count];
        for (int channel = 0; channel < count; channel++) {
            for (int sample = 0; sample < 3; sample++) {
                product[3 * channel + sample] = dot(directions, channel, inverse, sample);
            }
        }
        return product;
    }

    /** By cofactors; the ridge keeps the determinant above 0. */
    private static double[] inverseOfSymmetric(double[] m) {
        double[] cofactors = {
            m[4] * m[8] - m[5] * m[5], m[2] * m[5] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
            m[2] * m[5] - m[1] * m[8], m[0] * m[8] - m[2] * m[2], m[1] * m[2] - m[0] * m[5],
            m[1] * m[5] - m[2] * m[4], m[1] * m[2] - m[0] * m[5], m[0] * m[4] - m[1] * m[1]
        };
        double determinant = dot(m, 0, cofactors, 0);
        for (int i = 0; i < 9; i++) {
            cofactors[i] /= determinant;
        }
        return cofactors;
    }

    private static double dot(double[] rows, int row, double[] vector) {
        return dot(rows, row, vector, 0);
    }

    private static double dot(double[] rows, int row, double[] others, int other) {
        return rows[3 * row] * others[3 * other]
                + rows[3 * row + 1] * others[3 * other + 1]
                + rows[3 * row + 2] * others[3 * other + 2];
    }
}
