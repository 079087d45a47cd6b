package sc.fiji.diffusion.engine.adapter;

import java.util.ArrayList;
import java.util.List;

/**
 * What a model is adapted by. Immutable; the order of LoRAs makes no difference but for rounding, as they add up.
 *
 * @param loras changes of weights
 * @param textualInversions further words for prompts
 */
public record Adapters(List<Lora> loras, List<TextualInversion> textualInversions) {

    /** A model as it is. */
    public static final Adapters NONE = new Adapters(List.of(), List.of());

    public Adapters {
        loras = List.copyOf(loras);
        textualInversions = List.copyOf(textualInversions);
    }

    /** These and more; what is there twice counts twice, but for a textual inversion, which is one word. */
    public Adapters and(Adapters more) {
        List<Lora> allLoras = new ArrayList<>(loras);
        allLoras.addAll(more.loras);
        List<TextualInversion> allInversions = new ArrayList<>(textualInversions);
        more.textualInversions.stream()
                .filter(inversion -> !allInversions.contains(inversion))
                .forEach(allInversions::add);
        return new Adapters(allLoras, allInversions);
    }
}
