package sc.fiji.diffusion.job;

import java.util.List;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;
import sc.fiji.diffusion.engine.scheduler.Schedulers;

/** The schedulers that users can choose, by the engine's names, and one name for the model's own. */
public final class SchedulerNames {

    /** Names the scheduler that the model comes with. */
    public static final String MODEL_DEFAULT = "default";

    private static final String MODEL_DEFAULT_LABEL = "Model's own";

    /** What most people look for; whoever wants another one finds it below, by families. */
    private static final List<String> USUAL =
            List.of("dpmpp_2m_karras", "dpmpp_2m_sde_karras", "euler", "euler_a", "ddim", "unipc", "lcm");

    private SchedulerNames() {}

    /** All of them, each once: {@link #MODEL_DEFAULT}, the usual ones, the others. */
    public static List<String> names() {
        return Stream.of(List.of(MODEL_DEFAULT), USUAL, Schedulers.names())
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** What people know it by, such as {@code DPM++ 2M Karras}. */
    public static String label(String name) {
        return name.equals(MODEL_DEFAULT) ? MODEL_DEFAULT_LABEL : Schedulers.label(name);
    }

    /** @throws sc.fiji.diffusion.engine.RequestException if there is no such name */
    public static SchedulerChoice choice(String name) {
        return name.equals(MODEL_DEFAULT) ? SchedulerChoice.modelDefault() : SchedulerChoice.named(name);
    }
}
