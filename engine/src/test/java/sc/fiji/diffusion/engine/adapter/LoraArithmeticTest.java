package sc.fiji.diffusion.engine.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** Every kind of change against the same weight changed by hand: the sums written out, one number after the other. */
class LoraArithmeticTest {

    private static final double TOLERANCE = 1e-5;
    private static final double STRENGTH = 0.7;

    private static final String CONVOLUTION = "down_blocks.0.resnets.0.conv1";
    private static final String LINEAR = firstLinear();
    private static final int RANK = 3;

    @TempDir
    private Path folder;

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private static String firstLinear() {
        return SmallUNet.CHECKPOINT.unet().weights().names().stream()
                .filter(name -> name.endsWith("attn2.to_k.weight"))
                .findFirst()
                .map(name -> name.substring(0, name.length() - ".weight".length()))
                .orElseThrow();
    }

    @Test
    void aLinearLayersUpTimesDownIsAddedTimesAlphaOverRank() {
        Tensor weight = SmallUNet.weight(LINEAR + ".weight");
        Tensor up = SmallUNet.random(10, weight.size(0), RANK);
        Tensor down = SmallUNet.random(11, RANK, weight.size(1));
        put(LINEAR, "lora_up.weight", up);
        put(LINEAR, "lora_down.weight", down);
        put(LINEAR, "alpha", Tensor.of(new float[] {1.5f}));
        assertChange(LINEAR, weight, product(up, down), 1.5 / RANK);
    }

    @Test
    void aConvolutionsKernelIsInTheDownTensor() {
        Tensor weight = SmallUNet.weight(CONVOLUTION + ".weight");
        Tensor up = SmallUNet.random(10, weight.size(0), RANK, 1, 1);
        Tensor down = SmallUNet.random(11, RANK, weight.size(1), 3, 3);
        put(CONVOLUTION, "lora_up.weight", up);
        put(CONVOLUTION, "lora_down.weight", down);
        assertChange(CONVOLUTION, weight, product(up, down), 1);
    }

    @Test
    void aConvolutionTakenApartIntoThreeIsPutTogether() {
        Tensor weight = SmallUNet.weight(CONVOLUTION + ".weight");
        int out = weight.size(0);
        int in = weight.size(1);
        Tensor up = SmallUNet.random(10, out, RANK, 1, 1);
        Tensor mid = SmallUNet.random(12, RANK, RANK, 3, 3);
        Tensor down = SmallUNet.random(11, RANK, in, 1, 1);
        put(CONVOLUTION, "lora_up.weight", up);
        put(CONVOLUTION, "lora_mid.weight", mid);
        put(CONVOLUTION, "lora_down.weight", down);
        assertChange(CONVOLUTION, weight, cored(up.values(), mid, down.values(), out, in, false), 1);
    }

    @Test
    void aHadamardProductIsMultipliedElementByElement() {
        Tensor weight = SmallUNet.weight(CONVOLUTION + ".weight");
        int out = weight.size(0);
        int rest = weight.values().length / out;
        Tensor[] parts = {
            SmallUNet.random(20, out, RANK),
            SmallUNet.random(21, RANK, rest),
            SmallUNet.random(22, out, RANK),
            SmallUNet.random(23, RANK, rest)
        };
        put(CONVOLUTION, "hada_w1_a", parts[0]);
        put(CONVOLUTION, "hada_w1_b", parts[1]);
        put(CONVOLUTION, "hada_w2_a", parts[2]);
        put(CONVOLUTION, "hada_w2_b", parts[3]);
        put(CONVOLUTION, "alpha", Tensor.of(new float[] {1}));
        double[] one = product(parts[0], parts[1]);
        double[] other = product(parts[2], parts[3]);
        assertChange(CONVOLUTION, weight, timesEach(one, other), 1.0 / RANK);
    }

    @Test
    void aHadamardProductWithCoresHasItsFirstFactorsTransposed() {
        Tensor weight = SmallUNet.weight(CONVOLUTION + ".weight");
        int out = weight.size(0);
        int in = weight.size(1);
        Tensor[] a = {SmallUNet.random(20, RANK, out), SmallUNet.random(22, RANK, out)};
        Tensor[] b = {SmallUNet.random(21, RANK, in), SmallUNet.random(23, RANK, in)};
        Tensor[] core = {SmallUNet.random(24, RANK, RANK, 3, 3), SmallUNet.random(25, RANK, RANK, 3, 3)};
        for (int i = 0; i < 2; i++) {
            put(CONVOLUTION, "hada_w" + (i + 1) + "_a", a[i]);
            put(CONVOLUTION, "hada_w" + (i + 1) + "_b", b[i]);
            put(CONVOLUTION, "hada_t" + (i + 1), core[i]);
        }
        double[] one = cored(a[0].values(), core[0], b[0].values(), out, in, true);
        double[] other = cored(a[1].values(), core[1], b[1].values(), out, in, true);
        assertChange(CONVOLUTION, weight, timesEach(one, other), 1);
    }

    @Test
    void aKroneckerProductIsABlockForEachNumberOfTheFirst() {
        Tensor weight = SmallUNet.weight(CONVOLUTION + ".weight");
        int rows = weight.size(0) / 4;
        int columns = weight.size(1) / 2;
        Tensor one = SmallUNet.random(30, 4, 2);
        Tensor a = SmallUNet.random(31, rows, RANK);
        Tensor b = SmallUNet.random(32, RANK, columns * 9);
        put(CONVOLUTION, "lokr_w1", one);
        put(CONVOLUTION, "lokr_w2_a", a);
        put(CONVOLUTION, "lokr_w2_b", b);
        put(CONVOLUTION, "alpha", Tensor.of(new float[] {2}));
        double[] other = product(a, b);
        double[] expected = new double[weight.values().length];
        for (int i = 0; i < expected.length; i++) {
            int pixel = i % 9;
            int in = i / 9 % weight.size(1);
            int out = i / 9 / weight.size(1);
            double block = one.values()[out / rows * 2 + in / columns];
            expected[i] = block * other[(out % rows * columns + in % columns) * 9 + pixel];
        }
        assertChange(CONVOLUTION, weight, expected, 2.0 / RANK);
    }

    private void put(String layer, String part, Tensor tensor) {
        tensors.put("lora_unet_" + layer.replace('.', '_') + "." + part, tensor);
    }

    private void assertChange(String layer, Tensor weight, double[] change, double scale) {
        float[] changed = weight.values().clone();
        double largest = 0;
        // so small that the network does not saturate, and large enough to be seen
        double size = 0.2 / Math.sqrt(meanSquare(change));
        for (int i = 0; i < changed.length; i++) {
            changed[i] += (float) (STRENGTH * size * scale * change[i]);
            largest = Math.max(largest, Math.abs(change[i]));
        }
        assertTrue(largest > 0, "a change");
        float[] expected = SmallUNet.predict(
                SmallUNet.with(layer + ".weight", new Tensor(weight.shape(), changed), folder), Adaptation.NONE);
        Path file = SmallUNet.write(folder, "lora", tensors);
        float[] actual = SmallUNet.predict(List.of(Lora.of(LoraFile.open(file), STRENGTH * size)));
        Reference.assertClose(layer, expected, actual, TOLERANCE);
        double difference = Reference.relativeError(actual, SmallUNet.predict(List.of()));
        assertTrue(difference > 30 * TOLERANCE, "relative difference to the network without it: " + difference);
    }

    @Test
    void strengthZeroIsTheNetworkAsItIsToTheBit() {
        Tensor weight = SmallUNet.weight(LINEAR + ".weight");
        put(LINEAR, "lora_up.weight", SmallUNet.random(10, weight.size(0), RANK));
        put(LINEAR, "lora_down.weight", SmallUNet.random(11, RANK, weight.size(1)));
        Lora none = Lora.of(LoraFile.open(SmallUNet.write(folder, "lora", tensors)), 0);
        assertArrayEquals(SmallUNet.predict(List.of()), SmallUNet.predict(List.of(none)));
    }

    private static double meanSquare(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum / values.length;
    }

    private static double[] timesEach(double[] one, double[] other) {
        double[] result = new double[one.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = one[i] * other[i];
        }
        return result;
    }

    private static double[] product(Tensor up, Tensor down) {
        int out = up.size(0);
        int rest = down.values().length / RANK;
        double[] result = new double[out * rest];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < rest; i++) {
                for (int r = 0; r < RANK; r++) {
                    result[o * rest + i] += (double) up.values()[o * RANK + r] * down.values()[r * rest + i];
                }
            }
        }
        return result;
    }

    private static double[] cored(float[] up, Tensor core, float[] down, int out, int in, boolean transposed) {
        double[] result = new double[out * in * 9];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int r = 0; r < RANK; r++) {
                    for (int s = 0; s < RANK; s++) {
                        double factor = (double) up[transposed ? r * out + o : o * RANK + r] * down[s * in + i];
                        for (int pixel = 0; pixel < 9; pixel++) {
                            result[(o * in + i) * 9 + pixel] += factor * core.values()[(r * RANK + s) * 9 + pixel];
                        }
                    }
                }
            }
        }
        return result;
    }
}
