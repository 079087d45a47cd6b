package sc.fiji.diffusion.engine.scheduler;

import static sc.fiji.diffusion.engine.scheduler.SigmaSpacing.Kind.BETA;
import static sc.fiji.diffusion.engine.scheduler.SigmaSpacing.Kind.BY_TIMESTEP;
import static sc.fiji.diffusion.engine.scheduler.SigmaSpacing.Kind.EXPONENTIAL;
import static sc.fiji.diffusion.engine.scheduler.SigmaSpacing.Kind.KARRAS;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of names: which class of schedulers each stands for, and what it says of that class's fields. */
final class NamedSchedulers {

    /**
     * A line of the table.
     *
     * @param label what users know it by
     * @param defaults fields for which the name has a default of its own
     * @param overrides fields in which it differs from what the model's configuration says
     */
    record Entry(
            String name,
            String label,
            SchedulerType type,
            Map<String, Object> defaults,
            Map<String, Object> overrides) {}

    /** Latents are not pixels: where the class would clip to pixels' range, a name does not, as reference/sd15 shows. */
    private static final Map<String, Object> NO_CLIPPING = Map.of("clip_sample", false);

    /** The spacing of the schedulers that Stable Diffusion comes with, which say nothing of it; as reference/sd15 shows. */
    private static final Map<String, Object> LEADING = Map.of("timestep_spacing", "leading");

    private static final Map<String, Object> TRAILING = Map.of("timestep_spacing", "trailing");

    /** In the order to list them: names that were there before stay, whatever comes between. */
    static final List<Entry> TABLE = List.of(
            new Entry("ddim", "DDIM", SchedulerType.DDIM, NO_CLIPPING, Map.of()),
            new Entry("ddim_trailing", "DDIM trailing", SchedulerType.DDIM, NO_CLIPPING, TRAILING),
            new Entry("ddpm", "DDPM", SchedulerType.DDPM, NO_CLIPPING, Map.of()),
            // Without the Runge-Kutta steps, as Stable Diffusion is used: for other models' configurations too.
            new Entry("pndm", "PNDM", SchedulerType.PNDM, Map.of(), Map.of("skip_prk_steps", true)),
            euler("euler", "Euler", LEADING, sigmas(BY_TIMESTEP)),
            euler("euler_karras", "Euler Karras", Map.of(), sigmas(KARRAS)),
            euler("euler_exponential", "Euler exponential", Map.of(), sigmas(EXPONENTIAL)),
            euler("euler_beta", "Euler beta", Map.of(), sigmas(BETA)),
            euler("euler_trailing", "Euler trailing", Map.of(), with(TRAILING, sigmas(BY_TIMESTEP))),
            new Entry("euler_a", "Euler a", SchedulerType.EULER_ANCESTRAL, LEADING, Map.of()),
            new Entry("heun", "Heun", SchedulerType.HEUN, NO_CLIPPING, sigmas(BY_TIMESTEP)),
            new Entry("heun_karras", "Heun Karras", SchedulerType.HEUN, NO_CLIPPING, sigmas(KARRAS)),
            new Entry("lms", "LMS", SchedulerType.LMS, Map.of(), sigmas(BY_TIMESTEP)),
            new Entry("lms_karras", "LMS Karras", SchedulerType.LMS, Map.of(), sigmas(KARRAS)),
            new Entry("dpm2", "DPM2", SchedulerType.K_DPM_2, Map.of(), sigmas(BY_TIMESTEP)),
            new Entry("dpm2_karras", "DPM2 Karras", SchedulerType.K_DPM_2, Map.of(), sigmas(KARRAS)),
            new Entry("dpm2_a", "DPM2 a", SchedulerType.K_DPM_2_ANCESTRAL, Map.of(), sigmas(BY_TIMESTEP)),
            new Entry("dpm2_a_karras", "DPM2 a Karras", SchedulerType.K_DPM_2_ANCESTRAL, Map.of(), sigmas(KARRAS)),
            multistep("dpmpp_2m", "DPM++ 2M", "dpmsolver++", 2, BY_TIMESTEP),
            multistep("dpmpp_2m_karras", "DPM++ 2M Karras", "dpmsolver++", 2, KARRAS),
            multistep("dpmpp_2m_exponential", "DPM++ 2M exponential", "dpmsolver++", 2, EXPONENTIAL),
            multistep("dpmpp_2m_beta", "DPM++ 2M beta", "dpmsolver++", 2, BETA),
            multistep("dpmpp_2m_sde", "DPM++ 2M SDE", "sde-dpmsolver++", 2, BY_TIMESTEP),
            multistep("dpmpp_2m_sde_karras", "DPM++ 2M SDE Karras", "sde-dpmsolver++", 2, KARRAS),
            multistep("dpmpp_2m_sde_exponential", "DPM++ 2M SDE exponential", "sde-dpmsolver++", 2, EXPONENTIAL),
            multistep("dpmpp_3m", "DPM++ 3M", "dpmsolver++", 3, BY_TIMESTEP),
            multistep("dpmpp_3m_karras", "DPM++ 3M Karras", "dpmsolver++", 3, KARRAS),
            singlestep("dpmpp_2s", "DPM++ 2S", BY_TIMESTEP),
            singlestep("dpmpp_2s_karras", "DPM++ 2S Karras", KARRAS),
            deis("deis", "DEIS", BY_TIMESTEP),
            deis("deis_karras", "DEIS Karras", KARRAS),
            new Entry("unipc", "UniPC", SchedulerType.UNI_PC_MULTISTEP, Map.of(), sigmas(BY_TIMESTEP)),
            new Entry("unipc_karras", "UniPC Karras", SchedulerType.UNI_PC_MULTISTEP, Map.of(), sigmas(KARRAS)),
            new Entry("lcm", "LCM", SchedulerType.LCM, NO_CLIPPING, Map.of()),
            new Entry("tcd", "TCD", SchedulerType.TCD, Map.of(), Map.of()));

    private NamedSchedulers() {}

    private static Entry euler(String name, String label, Map<String, Object> defaults, Map<String, Object> overrides) {
        return new Entry(name, label, SchedulerType.EULER, defaults, overrides);
    }

    private static Entry multistep(String name, String label, String algorithm, int order, SigmaSpacing.Kind spacing) {
        Map<String, Object> overrides =
                with(Map.of("algorithm_type", algorithm, "solver_order", order), sigmas(spacing));
        return new Entry(name, label, SchedulerType.DPM_SOLVER_MULTISTEP, Map.of(), overrides);
    }

    private static Entry singlestep(String name, String label, SigmaSpacing.Kind spacing) {
        Map<String, Object> overrides =
                with(Map.of("algorithm_type", "dpmsolver++", "solver_order", 2), sigmas(spacing));
        return new Entry(name, label, SchedulerType.DPM_SOLVER_SINGLESTEP, Map.of(), overrides);
    }

    private static Entry deis(String name, String label, SigmaSpacing.Kind spacing) {
        Map<String, Object> overrides = with(Map.of("algorithm_type", "deis"), sigmas(spacing));
        return new Entry(name, label, SchedulerType.DEIS_MULTISTEP, Map.of(), overrides);
    }

    /** One rule, and no other that the model may have. */
    private static Map<String, Object> sigmas(SigmaSpacing.Kind wanted) {
        Map<String, Object> fields = new HashMap<>();
        for (SigmaSpacing.Kind kind : List.of(KARRAS, EXPONENTIAL, BETA)) {
            fields.put(kind.field(), kind == wanted);
        }
        return Map.copyOf(fields);
    }

    private static Map<String, Object> with(Map<String, Object> fields, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(fields);
        all.putAll(more);
        return Map.copyOf(all);
    }
}
