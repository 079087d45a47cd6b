package sc.fiji.diffusion.engine.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import sc.fiji.diffusion.engine.provenance.Adapter;
import sc.fiji.diffusion.engine.provenance.Computation;
import sc.fiji.diffusion.engine.provenance.ControlNetUse;
import sc.fiji.diffusion.engine.provenance.Model;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.WeightsFile;

/** What is not as it was, of all that pixels hang on; a sentence each, such as {@code device: was CUDA, is CPU}. */
public final class Differences {

    private static final String NONE = "none";

    private final List<String> found = new ArrayList<>();

    private Differences() {}

    /** Between a picture and the one that was made again. */
    public static List<String> between(Provenance was, Provenance is) {
        Differences differences = new Differences();
        differences.model(was.model(), is.model());
        differences.compare("watermark", version(was), version(is));
        differences.computation(was.computation(), is.computation());
        return List.copyOf(differences.found);
    }

    private static String version(Provenance made) {
        return made.watermark().isPresent() ? "version " + made.watermark().getAsInt() : NONE;
    }

    /** Before it is made again: of what computes. */
    public static List<String> between(Computation was, Computation is) {
        Differences differences = new Differences();
        differences.computation(was, is);
        return List.copyOf(differences.found);
    }

    private void model(Model was, Model is) {
        if (!matches(was.sha256(), is.sha256())) {
            found.add("model: was " + was.name() + " with SHA-256 " + was.sha256() + ", is " + is.name()
                    + " with SHA-256 " + is.sha256());
        }
        compare("VAE", hash(was.vae()), hash(is.vae()));
        compare(
                "LoRAs and textual inversions",
                was.adapters().stream().map(Differences::text).toList(),
                is.adapters().stream().map(Differences::text).toList());
        compare(
                "ControlNets",
                was.controlNets().stream().map(ControlNetUse::sha256).toList(),
                is.controlNets().stream().map(ControlNetUse::sha256).toList());
    }

    /**
     * Whether a model's hash is the one that is known of it; other tools keep its beginning alone.
     *
     * @param known empty if none is
     */
    static boolean matches(String known, String sha256) {
        return !known.isEmpty() && sha256.startsWith(known);
    }

    private static String hash(Optional<WeightsFile> file) {
        return file.map(known -> known.name() + " with SHA-256 " + known.sha256())
                .orElse("the model's own");
    }

    private static String text(Adapter adapter) {
        return adapter.name()
                + (adapter.strength().isPresent()
                        ? " at " + adapter.strength().getAsDouble() + " and "
                                + adapter.textEncoderStrength().orElse(0)
                        : "")
                + " with SHA-256 " + adapter.sha256();
    }

    private void computation(Computation was, Computation is) {
        if (!was.isOurs()) {
            found.add("software: was " + was.engine() + ", is Diffusion for Fiji " + is.engine());
            return;
        }
        compare("version", was.engine(), is.engine());
        compare("ONNX Runtime", was.runtime(), is.runtime());
        compare("device", was.deviceName(), is.deviceName());
        compare("precision", was.precision(), is.precision());
        compare("graph", was.operators(), is.operators());
        compare("platform", was.platform(), is.platform());
    }

    private void compare(String what, List<String> was, List<String> is) {
        compare(what, joined(was), joined(is));
    }

    private static String joined(List<String> texts) {
        return texts.isEmpty() ? NONE : texts.stream().collect(Collectors.joining("; "));
    }

    private void compare(String what, String was, String is) {
        if (!was.equals(is)) {
            found.add(what + ": was " + was + ", is " + is);
        }
    }
}
