package sc.fiji.diffusion.engine.metadata;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import sc.fiji.diffusion.engine.scheduler.Schedulers;

/**
 * A scheduler as AUTOMATIC1111's webui calls it.
 *
 * @param sampler such as {@code DPM++ 2M}
 * @param scheduleType such as {@code Karras}; empty for the sampler's own
 */
record SamplerName(String sampler, Optional<String> scheduleType) {

    private static final List<String> SCHEDULE_TYPES = List.of("Karras", "Exponential", "Beta");

    /** What others call ours, in lower case. */
    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            Map.entry("euler ancestral", "euler a"),
            Map.entry("euler_ancestral", "euler a"),
            Map.entry("k_euler", "euler"),
            Map.entry("k_euler_a", "euler a"),
            Map.entry("k_euler_ancestral", "euler a"),
            Map.entry("k_lms", "lms"),
            Map.entry("k_heun", "heun"),
            Map.entry("k_dpm_2", "dpm2"),
            Map.entry("k_dpm_2_a", "dpm2 a"),
            Map.entry("dpm_2", "dpm2"),
            Map.entry("dpm_2_ancestral", "dpm2 a"),
            Map.entry("dpmpp_2m_k", "dpm++ 2m karras"),
            Map.entry("dpmpp_2m_sde_k", "dpm++ 2m sde karras"),
            Map.entry("dpmpp_2m_sde_gpu", "dpm++ 2m sde"),
            Map.entry("euler_k", "euler karras"),
            Map.entry("heun_k", "heun karras"),
            Map.entry("lms_k", "lms karras"),
            Map.entry("unipc_k", "unipc karras"),
            Map.entry("uni_pc", "unipc"),
            Map.entry("plms", "pndm"));

    /** @param scheduler by our name, or else by that of a class, which stays as it is */
    static SamplerName ofScheduler(String scheduler) {
        if (!Schedulers.names().contains(scheduler)) {
            return new SamplerName(scheduler, Optional.empty());
        }
        String label = Schedulers.label(scheduler);
        for (String type : SCHEDULE_TYPES) {
            if (label.toLowerCase(Locale.ROOT).endsWith(" " + type.toLowerCase(Locale.ROOT))) {
                return new SamplerName(label.substring(0, label.length() - type.length() - 1), Optional.of(type));
            }
        }
        return new SamplerName(label, Optional.empty());
    }

    /** Our name for what others call a sampler and its schedule; theirs if there is none. */
    static String toScheduler(String sampler, String scheduleType) {
        boolean isNamed = SCHEDULE_TYPES.stream().anyMatch(type -> type.equalsIgnoreCase(scheduleType));
        String wanted = known(sampler) + (isNamed ? " " + scheduleType.toLowerCase(Locale.ROOT) : "");
        return Schedulers.names().stream()
                .filter(name -> name.equals(wanted.replace(' ', '_'))
                        || Schedulers.label(name).equalsIgnoreCase(wanted))
                .findFirst()
                .orElse((sampler + " " + scheduleType).strip());
    }

    private static String known(String sampler) {
        String lower = sampler.strip().toLowerCase(Locale.ROOT);
        return SYNONYMS.getOrDefault(lower, lower);
    }
}
