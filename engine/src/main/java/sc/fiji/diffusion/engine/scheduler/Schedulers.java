package sc.fiji.diffusion.engine.scheduler;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.scheduler.NamedSchedulers.Entry;

/**
 * The schedulers that have a name on the command line; the package's description has the table. A name is laid over the
 * configuration of the model, as in diffusers: prediction type and all else that the scheduler's class knows stay as the
 * model has them; the betas stay in any case.
 */
public final class Schedulers {

    private static final List<String> NAMES =
            NamedSchedulers.TABLE.stream().map(Entry::name).toList();

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
     * @throws RequestException if there is no such name, or if this scheduler would take other noise away than the model
     *     was trained to see
     * @throws sc.fiji.diffusion.engine.CheckpointException if the model's configuration says what this scheduler can't do
     */
    public static SchedulerConfig overlay(String name, SchedulerConfig modelConfig) {
        Entry entry = entry(name);
        TrainingNoise trained = modelConfig
                .trainingNoise()
                .orElseThrow(() -> new RequestException("scheduler: expected the model's own, as a model of "
                        + modelConfig.type().className() + " needs, found " + name));
        SchedulerConfig config = laidOver(entry, modelConfig, trained);
        boolean rescaled =
                config.trainingNoise().map(TrainingNoise::rescaleBetasZeroSnr).orElse(false);
        if (trained.rescaleBetasZeroSnr() && !rescaled) {
            throw new RequestException("scheduler: expected one that knows rescale_betas_zero_snr, with which the model"
                    + " was trained, such as ddim, euler, dpmpp_2m or unipc, found " + name);
        }
        return config;
    }

    /** The betas are the model's even where its file says nothing of them and the classes' defaults differ. */
    private static SchedulerConfig laidOver(Entry entry, SchedulerConfig modelConfig, TrainingNoise trained) {
        Map<String, Object> defaults = new HashMap<>(entry.defaults());
        defaults.put("num_train_timesteps", trained.numTrainTimesteps());
        defaults.put("beta_start", trained.betaStart());
        defaults.put("beta_end", trained.betaEnd());
        defaults.put("beta_schedule", trained.betaSchedule().word());
        return modelConfig.as(entry.type(), defaults, entry.overrides());
    }

    /** The first name that stands for this configuration with this model, if one does. */
    public static Optional<String> nameOf(SchedulerConfig config, SchedulerConfig modelConfig) {
        return modelConfig.trainingNoise().flatMap(trained -> NamedSchedulers.TABLE.stream()
                .filter(entry -> entry.type() == config.type())
                .filter(entry -> laidOver(entry, modelConfig, trained).equals(config))
                .map(Entry::name)
                .findFirst());
    }

    private static Entry entry(String name) {
        return NamedSchedulers.TABLE.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RequestException(
                        "scheduler: expected one of " + String.join(", ", NAMES) + ", found " + name));
    }
}
