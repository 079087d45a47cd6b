package sc.fiji.diffusion.engine.network;

import java.util.List;
import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;

/**
 * What a UNet is told with every residual block: the timestep, and with it whatever its configuration names besides.
 *
 * @param layers where the nodes go
 * @param config of the network
 */
record TimeEmbedding(Layers layers, UNetEncoderConfig config) {

    private static final double LONGEST_PERIOD = 10000;

    /** Declares the inputs; SiLU of the embedding, {@code [1 or N, timeSize]}. */
    Value declared() {
        Value timestep = graph().reshape(graph().input(UNet2DCondition.TIMESTEP, ElementType.FLOAT32, "1"), 1, 1);
        int size = config.blockOutChannels().get(0);
        Value wave = wave(timestep, size);
        if (config.guidanceSize() > 0) {
            Value guidance = graph().input(
                            UNet2DCondition.TIMESTEP_COND,
                            ElementType.FLOAT32,
                            "batch",
                            String.valueOf(config.guidanceSize()));
            wave = graph().add(wave, layers.linear(guidance, "time_embedding.cond_proj", config.guidanceSize(), size));
        }
        Value embedded = embedding(wave, "time_embedding", size);
        return layers.silu(
                config.textTime().isPresent()
                        ? graph().add(embedded, textAndSize(config.textTime().get()))
                        : embedded);
    }

    private Value textAndSize(TextTime textTime) {
        Value texts = graph().input(
                        UNet2DCondition.TEXT_EMBEDS, ElementType.FLOAT32, "batch", String.valueOf(textTime.textSize()));
        String numbers = String.valueOf(TextTime.NUMBERS);
        Value ids =
                graph().reshape(graph().input(UNet2DCondition.TIME_IDS, ElementType.FLOAT32, "batch", numbers), -1, 1);
        Value waves = graph().reshape(wave(ids, textTime.timeSize()), -1, textTime.inputSize() - textTime.textSize());
        return embedding(graph().concatenate(1, texts, waves), "add_embedding", textTime.inputSize());
    }

    private Value embedding(Value x, String prefix, int size) {
        Value hidden = layers.silu(layers.linear(x, prefix + ".linear_1", size, config.timeSize()));
        return layers.linear(hidden, prefix + ".linear_2", config.timeSize(), config.timeSize());
    }

    /** Sines and cosines of numbers {@code [N, 1]} in many frequencies (Vaswani et al. 2017): {@code [N, size]}. */
    private Value wave(Value numbers, int size) {
        int half = size / 2;
        float[] frequencies = new float[half];
        for (int i = 0; i < half; i++) {
            frequencies[i] = (float) Math.exp(-Math.log(LONGEST_PERIOD) * i / (half - config.frequencyShift()));
        }
        Value angle = graph().multiply(numbers, graph().constant(frequencies, 1, half));
        Value sine = graph().node("Sin", List.of(angle));
        Value cosine = graph().node("Cos", List.of(angle));
        return config.cosineFirst() ? graph().concatenate(1, cosine, sine) : graph().concatenate(1, sine, cosine);
    }

    private GraphBuilder graph() {
        return layers.graph();
    }
}
