package sc.fiji.diffusion.engine.provenance;

import java.util.Locale;
import sc.fiji.diffusion.engine.FailureSentence;
import sc.fiji.diffusion.engine.image.Size;

/** Provenance in lines, for people. */
final class ProvenanceText {

    private final StringBuilder text = new StringBuilder();

    private final boolean showsEmpty;

    /** @param showsEmpty whether a line without a value says something too: not of another tool's picture */
    private ProvenanceText(boolean showsEmpty) {
        this.showsEmpty = showsEmpty;
    }

    static String of(Provenance provenance) {
        Computation computation = provenance.computation();
        ProvenanceText lines = new ProvenanceText(computation.isOurs());
        String software = computation.isOurs() ? "Diffusion for Fiji" : computation.engine();
        lines.line("Generated", "by " + software + " (not measured)");
        lines.task(provenance);
        lines.sampling(provenance);
        lines.model(provenance.model());
        provenance.watermark().ifPresent(version -> lines.line("Watermark", "invisible, version " + version));
        if (!computation.isOurs()) {
            return lines.text.toString();
        }
        lines.line("Engine", computation.engine());
        lines.line("ONNX Runtime", computation.runtime());
        lines.line("Device", computation.deviceText());
        lines.line("Platform", computation.platform());
        lines.line("Created", provenance.created());
        return lines.text.toString();
    }

    private void task(Provenance provenance) {
        Texts texts = provenance.texts();
        line("Task", taskName(provenance.task()));
        line("Prompt", texts.prompt());
        line("Negative prompt", texts.negativePrompt());
        line("Prompt syntax", texts.syntax().name().toLowerCase(Locale.ROOT));
        line("Clip skip", texts.clipSkip());
    }

    private void sampling(Provenance provenance) {
        Sampling sampling = provenance.sampling();
        line("Size", text(sampling.size()));
        if (!sampling.work().equals(sampling.size())) {
            line("Worked on in", text(sampling.work()));
        }
        line("Steps", sampling.steps());
        provenance.task().strength().ifPresent(strength -> line("Strength", strength));
        if (provenance.task() instanceof Task.Instruction instruction) {
            line("Image guidance scale", instruction.imageGuidanceScale());
        }
        if (provenance.task() instanceof Task.Inpainting inpainting) {
            inpainting.recipe().ifPresent(recipe -> line("Inpainting", recipe.text()));
            inpainting.mask().ifPresent(mask -> line("Mask", mask.text()));
        }
        if (provenance.task() instanceof Task.Blend blend) {
            for (int i = 0; i < blend.images().size(); i++) {
                line("Image " + (i + 1), blend.images().get(i).label());
            }
        }
        provenance.source().ifPresent(source -> line("Source", source.text()));
        provenance.model().controlNets().forEach(controlNet -> {
            line("ControlNet", controlNet.text());
            line(
                    "Control image",
                    controlNet.hint().map(hint -> hint + ", ").orElse("") + "SHA-256 " + controlNet.imageSha256());
        });
        line("Guidance scale", sampling.guidanceScale());
        line("Scheduler", sampling.scheduler());
        line("Seed", sampling.seed() < 0 ? "" : sampling.seed());
        line("Batch size", sampling.batchSize());
    }

    private void model(Model model) {
        line("Model", model.name());
        line("Model SHA-256", model.sha256());
        model.vae().ifPresent(file -> {
            line("VAE", file.name());
            line("VAE SHA-256", file.sha256());
        });
        model.adapters().forEach(adapter -> line(adapter.kind().label(), adapter.text()));
    }

    private static String taskName(Task task) {
        return task instanceof Task.Upscaling upscaling
                ? task.name() + " by tiles of " + upscaling.tile() + " x " + upscaling.tile() + " that overlap by "
                        + upscaling.overlap()
                : task.name();
    }

    private static String text(Size size) {
        return size.width() + " x " + size.height();
    }

    private void line(String name, Object value) {
        if (!showsEmpty && value.toString().isEmpty()) {
            return;
        }
        text.append(name)
                .append(": ")
                .append(FailureSentence.printable(value.toString()))
                .append('\n');
    }
}
