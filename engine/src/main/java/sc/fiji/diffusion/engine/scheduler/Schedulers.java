package sc.fiji.diffusion.engine.scheduler;

import static sc.fiji.diffusion.engine.scheduler.SchedulerType.DDIM;
import static sc.fiji.diffusion.engine.scheduler.SchedulerType.DPM_SOLVER_MULTISTEP;
import static sc.fiji.diffusion.engine.scheduler.SchedulerType.EULER;
import static sc.fiji.diffusion.engine.scheduler.SchedulerType.EULER_ANCESTRAL;
import static sc.fiji.diffusion.engine.scheduler.SchedulerType.PNDM;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import sc.fiji.diffusion.engine.RequestException;

/**
 * The schedulers that have a name on the command line. A name is laid over the configuration of the model, as in
 * diffusers: betas, prediction type and all else that the scheduler's class knows stay as the model has them.
 */
public final class Schedulers {

    /** Latents are not pixels: where the class would clip to pixels' range, a name does not, as reference/sd15 shows. */
    private static final Map<String, Object> NO_CLIPPING = Map.of("clip_sample", false);

    /** The spacing of the schedulers that Stable Diffusion comes with, which say nothing of it; as reference/sd15 shows. */
    private static final Map<String, Object> LEADING = Map.of("timestep_spacing", "leading");

    /**
     * Name, label, class, the fields for which the name has a default of its own, and those in which it differs from
     * what the model's configuration says.
     */
    private static final List<Entry> TABLE = List.of(
            new Entry("ddim", "DDIM", DDIM, NO_CLIPPING, Map.of()),
            new Entry("ddim_trailing", "DDIM trailing", DDIM, NO_CLIPPING, Map.of("timestep_spacing", "trailing")),
            // Without the Runge-Kutta steps, as Stable Diffusion is used: for other models' configurations too.
            new Entry("pndm", "PNDM", PNDM, Map.of(), Map.of("skip_prk_steps", true)),
            new Entry("euler", "Euler", EULER, LEADING, Map.of("use_karras_sigmas", false)),
            new Entry("euler_karras", "Euler Karras", EULER, Map.of(), Map.of("use_karras_sigmas", true)),
            new Entry(
                    "euler_trailing",
                    "Euler trailing",
                    EULER,
                    Map.of(),
                    Map.of("use_karras_sigmas", false, "timestep_spacing", "trailing")),
            new Entry("euler_a", "Euler a", EULER_ANCESTRAL, LEADING, Map.of()),
            new Entry("dpmpp_2m", "DPM++ 2M", DPM_SOLVER_MULTISTEP, Map.of(), dpmSolver("dpmsolver++", false)),
            new Entry(
                    "dpmpp_2m_karras",
                    "DPM++ 2M Karras",
                    DPM_SOLVER_MULTISTEP,
                    Map.of(),
                    dpmSolver("dpmsolver++", true)),
            new Entry(
                    "dpmpp_2m_sde_karras",
                    "DPM++ 2M SDE Karras",
                    DPM_SOLVER_MULTISTEP,
                    Map.of(),
                    dpmSolver("sde-dpmsolver++", true)));

    private static final List<String> NAMES = TABLE.stream().map(Entry::name).toList();

    private Schedulers() {}

    /** The names on the command line, in the order to list them. */
    public static List<String> names() {
        return NAMES;
    }

    /** What users know it by, such as {@code DPM++ 2M Karras}. */
    public static String label(String name) {
        return entry(name).label();
    }

    /**
     * The configuration that a name stands for with this model.
     *
     * @throws RequestException if there is no such name
     * @throws sc.fiji.diffusion.engine.CheckpointException if the model's configuration says what this scheduler can't do
     */
    public static SchedulerConfig overlay(String name, SchedulerConfig modelConfig) {
        Entry entry = entry(name);
        return modelConfig.as(entry.type(), entry.defaults(), entry.overrides());
    }

    /** The first name that stands for this configuration with this model, if one does. */
    static Optional<String> nameOf(SchedulerConfig config, SchedulerConfig modelConfig) {
        return TABLE.stream()
                .filter(entry -> entry.type() == config.type())
                .filter(entry -> modelConfig
                        .as(entry.type(), entry.defaults(), entry.overrides())
                        .equals(config))
                .map(Entry::name)
                .findFirst();
    }

    private static Map<String, Object> dpmSolver(String algorithmType, boolean useKarrasSigmas) {
        return Map.of("algorithm_type", algorithmType, "solver_order", 2, "use_karras_sigmas", useKarrasSigmas);
    }

    private static Entry entry(String name) {
        return TABLE.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RequestException(
                        "scheduler: expected one of " + String.join(", ", NAMES) + ", found " + name));
    }

    private record Entry(
            String name,
            String label,
            SchedulerType type,
            Map<String, Object> defaults,
            Map<String, Object> overrides) {}
}
