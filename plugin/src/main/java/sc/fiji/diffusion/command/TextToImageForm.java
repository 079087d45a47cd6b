package sc.fiji.diffusion.command;

import java.util.List;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.Form;
import sc.fiji.diffusion.job.SchedulerNames;

/** The fields of Text to Image. Macros rely on the keys: they never change. */
final class TextToImageForm {

    static final String MODEL = "model";
    static final String WIDTH = "width";
    static final String HEIGHT = "height";
    static final String STEPS = "steps";
    static final String GUIDANCE = "guidance";
    static final String SCHEDULER = "scheduler";
    static final String SEED = "seed";
    static final String COUNT = "count";
    static final String APPEND = "append";
    static final String NEGATIVE = "negative";
    static final String PROMPT = "prompt";

    static final Form FORM = new Form(
            "Text to Image...",
            List.of(
                    new Field.Model(MODEL, "Model"),
                    new Field.Numeric(WIDTH, "Width", ""),
                    new Field.Numeric(HEIGHT, "Height", "pixels"),
                    new Field.Numeric(STEPS, "Steps", ""),
                    new Field.Numeric(GUIDANCE, "Guidance", ""),
                    new Field.Choice(SCHEDULER, "Scheduler", schedulers()),
                    new Field.Numeric(SEED, "Seed", "(-1: random)"),
                    new Field.Numeric(COUNT, "Count", "images"),
                    new Field.Flag(APPEND, "Append to the active stack"),
                    new Field.Text(NEGATIVE, "Negative prompt"),
                    new Field.Text(PROMPT, "Prompt")),
            List.of(
                    List.of(PROMPT),
                    List.of(NEGATIVE),
                    List.of(MODEL),
                    List.of(WIDTH, HEIGHT),
                    List.of(STEPS, GUIDANCE),
                    List.of(SCHEDULER),
                    List.of(SEED, COUNT),
                    List.of(APPEND)));

    private TextToImageForm() {}

    private static List<Field.Option> schedulers() {
        return SchedulerNames.names().stream()
                .map(name -> new Field.Option(name, SchedulerNames.label(name)))
                .toList();
    }
}
