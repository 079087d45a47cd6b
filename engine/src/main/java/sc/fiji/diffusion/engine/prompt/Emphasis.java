package sc.fiji.diffusion.engine.prompt;

import java.util.List;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * Brings a chunk's weights into its hidden states, as AUTOMATIC1111's webui does by default ("Original"): each token's
 * times its weight, then all times one factor so that their mean is what it was. Begin, end and padding weigh 1.
 */
public final class Emphasis {

    private Emphasis() {}

    /**
     * @param hiddenStates of the chunk, {@code [1, tokens, size]}, the begin token's first
     * @return the same tensor if the chunk is plain
     */
    public static Tensor weighted(Tensor hiddenStates, Chunk chunk) {
        if (chunk.isPlain()) {
            return hiddenStates;
        }
        int size = hiddenStates.size(2);
        double[] weighted = new double[hiddenStates.values().length];
        for (int i = 0; i < weighted.length; i++) {
            weighted[i] = weight(chunk.tokens(), i / size) * hiddenStates.values()[i];
        }
        double factor = factor(hiddenStates.values(), weighted);
        float[] values = new float[weighted.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (weighted[i] * factor);
        }
        return new Tensor(hiddenStates.shape(), values);
    }

    private static double weight(List<Chunk.Token> tokens, int position) {
        return position >= 1 && position <= tokens.size()
                ? tokens.get(position - 1).weight()
                : 1;
    }

    /**
     * What restores the mean; 1 where the mean has vanished or changed its sign: to restore it would blow everything
     * up or turn it round.
     */
    private static double factor(float[] before, double[] after) {
        double sumBefore = 0;
        double sumAfter = 0;
        for (int i = 0; i < before.length; i++) {
            sumBefore += before[i];
            sumAfter += after[i];
        }
        double factor = sumBefore / sumAfter;
        return factor > 0 && Double.isFinite(factor) ? factor : 1;
    }
}
