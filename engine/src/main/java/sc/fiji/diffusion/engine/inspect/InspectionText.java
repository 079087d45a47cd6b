package sc.fiji.diffusion.engine.inspect;

import java.util.Locale;
import sc.fiji.diffusion.engine.inspect.Inspection.ModelFacts;
import sc.fiji.diffusion.engine.inspect.Inspection.Part;

/** Writes an inspection for people. */
public final class InspectionText {

    private final StringBuilder text = new StringBuilder();

    private InspectionText() {}

    /** Lines of names and values, ending in a line feed. */
    public static String of(Inspection inspection) {
        InspectionText writer = new InspectionText();
        writer.write(inspection);
        return writer.text.toString();
    }

    private void write(Inspection inspection) {
        text.append(inspection.path()).append('\n');
        line("kind", inspection.kind());
        line("layout", inspection.layout());
        inspection.model().ifPresent(this::write);
        inspection.says().forEach((name, value) -> {
            if (!name.equals("license")) {
                line(name, value);
            }
        });
        line("licence", inspection.license().orElse("not stated"));
        for (Part part : inspection.parts()) {
            line(
                    part.name(),
                    String.format(
                            Locale.ROOT,
                            "%s parameters, %s, %s",
                            scaled(part.parameters(), ""),
                            scaled(part.bytes(), "B"),
                            String.join(", ", part.types())));
        }
        inspection
                .model()
                .ifPresent(model -> line(
                        "memory",
                        "about " + scaled(model.memory(), "B") + " for an image of " + model.nativeSize()
                                + " pixels; this computer" + " has " + scaled(model.machineMemory(), "B")));
        line("makes images", inspection.obstacles().isEmpty() ? "yes" : "no");
        inspection.obstacles().forEach(obstacle -> line("", obstacle));
    }

    private void write(ModelFacts model) {
        line("task", model.forInpainting() ? "inpainting" : "whole images");
        line("predicts", model.predictionType());
        line("scheduler", model.scheduler());
        line("native size", model.nativeSize() + " x " + model.nativeSize() + " pixels");
        line("latents", model.latentChannels() + " channels");
        line("tokenizer", model.tokenizer().map(Object::toString).orElse("none found"));
    }

    private void line(String name, String value) {
        // A value from a file could pretend to be more lines.
        text.append(String.format(Locale.ROOT, "  %-16s%s%n", name, value.replaceAll("[\\p{Cntrl}]+", " ")));
    }

    private static String scaled(long value, String unit) {
        if (value >= 1_000_000_000) {
            return String.format(Locale.ROOT, "%.2f G%s", value / 1e9, unit);
        }
        return value >= 1_000_000
                ? String.format(Locale.ROOT, "%.1f M%s", value / 1e6, unit)
                : String.format(Locale.ROOT, "%d %s", value, unit).strip();
    }
}
