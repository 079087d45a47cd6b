package sc.fiji.diffusion.engine.adapter;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;
import sc.fiji.diffusion.engine.checkpoint.Weights;
import sc.fiji.diffusion.engine.network.GraphForm;
import sc.fiji.diffusion.engine.network.UNet2DCondition;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.tensor.AnyTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * What LoRAs cost: the time to open a UNet and to run a step of it, without and with them. Arguments: a {@code unet/}
 * folder, width and height of the latents, LoRA files. Each figure is the least of several, in seconds of processor time,
 * which other work on the machine does not change much.
 */
final class LoraBenchmark {

    private static final int OPENINGS = 2;
    private static final int STEPS = 3;

    private LoraBenchmark() {}

    /** Prints one line a case. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        Component unet = new Component(ConfigFile.read(folder.resolve("config.json")), Weights.inFolder(folder));
        int size = Integer.parseInt(arguments[1]);
        measure("without", unet, Adaptation.NONE, size);
        for (String file : List.of(arguments).subList(2, arguments.length)) {
            long begin = processorTime();
            LoraChanges changes = new LoraChanges(AdaptedNetwork.UNET, Optional.of(unet));
            LoraFile lora = LoraFile.open(Path.of(file));
            changes.add(Lora.of(lora, 0.8));
            System.out.printf(Locale.ROOT, "%s: header and hash %.2f s%n", lora.name(), seconds(begin));
            measure(lora.name(), unet, changes.adaptation(List.of()), size);
        }
    }

    private static void measure(String name, Component unet, Adaptation adaptation, int size) {
        List<Double> openings = new ArrayList<>();
        List<Double> steps = new ArrayList<>();
        for (int opening = 0; opening < OPENINGS; opening++) {
            long begin = processorTime();
            try (InferenceSession session =
                    InferenceSession.open(UNet2DCondition.graph(unet, adaptation, GraphForm.USUAL))) {
                openings.add(seconds(begin));
                if (opening == OPENINGS - 1) {
                    run(session, unet, size, steps);
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: open %.2f s %s, step %.2f s %s%n",
                name,
                least(openings),
                openings,
                least(steps),
                steps);
    }

    private static void run(InferenceSession session, Component unet, int size, List<Double> steps) {
        int text = unet.config().size("cross_attention_dim", 1280, 1 << 16);
        Map<String, AnyTensor> inputs = Map.of(
                UNet2DCondition.SAMPLE, SmallUNet.random(1, 2, UNet2DCondition.inChannels(unet), size, size),
                UNet2DCondition.TIMESTEP, Tensor.of(new float[] {500}, 1),
                UNet2DCondition.ENCODER_HIDDEN_STATES, SmallUNet.random(2, 2, 77, text));
        for (int step = 0; step < STEPS; step++) {
            long begin = processorTime();
            session.run(inputs, UNet2DCondition.OUT_SAMPLE, Progress.NONE);
            steps.add(seconds(begin));
        }
    }

    private static double least(List<Double> times) {
        return times.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    private static double seconds(long begin) {
        return (processorTime() - begin) / 1e9;
    }

    private static long processorTime() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
