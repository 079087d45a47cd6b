package sc.fiji.diffusion.engine.checkpoint;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a model is usually asked: few steps and no guidance where it was distilled to do so. Such models say of themselves
 * in one of three ways that they are: by a UNet that takes the guidance scale as an input (latent consistency models), by
 * a scheduler that is made for them, or by their name alone (Turbo, Lightning, Hyper, LCM).
 *
 * @param steps denoising steps
 * @param guidanceScale classifier-free guidance
 */
record UsualSampling(int steps, double guidanceScale) {

    private static final int FEW_STEPS = 4;
    private static final int MOST_STEPS = 1000;
    private static final double NO_GUIDANCE = 1;

    /** diffusers' default for UNets that take the scale as an input. */
    private static final double EMBEDDED_GUIDANCE = 8.5;

    private static final Pattern FEW_STEPS_SCHEDULER = Pattern.compile("(LCM|TCD)Scheduler");
    private static final Pattern DISTILLED =
            Pattern.compile("(?<![a-z])(turbo|lightning|(hyper|lcm)(?![a-z]))|xl(turbo|lightning)");
    private static final Pattern NAMED_STEPS = Pattern.compile("(?<![0-9])([1-8])[ _-]?steps?(?![a-z])");

    /**
     * @param index {@code model_index.json}, in which {@code _steps} and {@code _guidance_scale}, fields of ours that
     *     diffusers passes over, come before all else
     * @param name of the folder or file
     */
    static UsualSampling of(ConfigFile index, ConfigFile unet, ConfigFile scheduler, String name) {
        UsualSampling known = known(unet, scheduler, name + " " + index.text("_name_or_path", ""));
        return new UsualSampling(
                index.size("_steps", known.steps, MOST_STEPS), index.number("_guidance_scale", known.guidanceScale));
    }

    private static UsualSampling known(ConfigFile unet, ConfigFile scheduler, String names) {
        if (unet.has("time_cond_proj_dim")) {
            return new UsualSampling(FEW_STEPS, EMBEDDED_GUIDANCE);
        }
        String lowerCase = names.toLowerCase(Locale.ROOT);
        boolean distilled = DISTILLED.matcher(lowerCase).find();
        if (distilled
                || FEW_STEPS_SCHEDULER
                        .matcher(scheduler.text(Checkpoint.CLASS_NAME, ""))
                        .matches()) {
            return new UsualSampling(namedSteps(lowerCase).orElse(FEW_STEPS), NO_GUIDANCE);
        }
        return new UsualSampling(Checkpoint.USUAL_STEPS, Checkpoint.USUAL_GUIDANCE_SCALE);
    }

    /** As in {@code sdxl_lightning_8step}. */
    private static OptionalInt namedSteps(String names) {
        Matcher matcher = NAMED_STEPS.matcher(names);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
