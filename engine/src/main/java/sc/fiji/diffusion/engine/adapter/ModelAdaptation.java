package sc.fiji.diffusion.engine.adapter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.adapter.Adaptation.AddedEmbedding;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.provenance.Adapter;

/**
 * What adapters mean for the networks of one model.
 *
 * @param unet for the UNet
 * @param textEncoder for the first text encoder
 * @param secondTextEncoder for Stable Diffusion XL's second one
 * @param used what the adapters are, and what of them the model has no layer for
 */
public record ModelAdaptation(
        Adaptation unet, Adaptation textEncoder, Adaptation secondTextEncoder, List<Adapter> used) {

    private static final String TOKEN_EMBEDDING = "text_model.embeddings.token_embedding.weight";
    private static final String CROSS_ATTENTION = "cross_attention_dim";
    private static final int LARGEST = 1 << 16;

    public ModelAdaptation {
        used = List.copyOf(used);
    }

    /**
     * Finds each adapter's place in the model and checks that it fits there. Reads nothing but headers.
     *
     * @throws CheckpointException if one is for another family of models, or does not fit
     */
    public static ModelAdaptation of(Checkpoint checkpoint, Adapters adapters) {
        if (adapters.equals(Adapters.NONE)) {
            return new ModelAdaptation(Adaptation.NONE, Adaptation.NONE, Adaptation.NONE, List.of());
        }
        LoraChanges unet = new LoraChanges(AdaptedNetwork.UNET, Optional.of(checkpoint.unet()));
        LoraChanges first = new LoraChanges(AdaptedNetwork.TEXT_ENCODER, Optional.of(checkpoint.textEncoder()));
        LoraChanges second = new LoraChanges(AdaptedNetwork.SECOND_TEXT_ENCODER, checkpoint.secondTextEncoder());
        List<Adapter> used = new ArrayList<>();
        for (Lora lora : adapters.loras()) {
            requireFamily(lora.file(), checkpoint);
            int unmatched = unet.add(lora) + first.add(lora) + second.add(lora);
            if (unmatched == lora.file().layerCount()) {
                throw new CheckpointException(lora.file() + ": expected a LoRA for the layers of " + checkpoint.name()
                        + ", " + family(checkpoint) + ", found none of them among its " + unmatched);
            }
            used.add(provenance(lora, unmatched));
        }
        List<TextualInversion> inversions = adapters.textualInversions();
        inversions.forEach(inversion -> used.add(new Adapter(
                Adapter.Kind.TEXTUAL_INVERSION,
                inversion.name(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                inversion.sha256(),
                "")));
        return new ModelAdaptation(
                unet.adaptation(List.of()),
                first.adaptation(embeddings(checkpoint, inversions, 0)),
                second.adaptation(
                        checkpoint.secondTextEncoder().isPresent() ? embeddings(checkpoint, inversions, 1) : List.of()),
                used);
    }

    private static void requireFamily(LoraFile lora, Checkpoint checkpoint) {
        int found = lora.crossAttentionSize().orElse(crossAttentionSize(checkpoint));
        if (found != crossAttentionSize(checkpoint)) {
            throw new CheckpointException(lora + ": expected a LoRA for " + family(checkpoint) + ", as "
                    + checkpoint.name() + " is, found one for " + ModelFamily.of(found));
        }
    }

    private static String family(Checkpoint checkpoint) {
        return ModelFamily.of(crossAttentionSize(checkpoint));
    }

    private static int crossAttentionSize(Checkpoint checkpoint) {
        return checkpoint.unet().config().size(CROSS_ATTENTION, 1280, LARGEST);
    }

    private static Adapter provenance(Lora lora, int unmatched) {
        String note = unmatched == 0
                ? ""
                : unmatched + " of " + lora.file().layerCount()
                        + " layers not used, as the model has none of these names";
        return new Adapter(
                Adapter.Kind.LORA,
                lora.file().name(),
                OptionalDouble.of(lora.unetStrength()),
                OptionalDouble.of(lora.textEncoderStrength()),
                lora.file().sha256(),
                note);
    }

    private static int embeddingSize(WeightTensor table) {
        if (table.shape().size() != 2) {
            throw new CheckpointException(table.file() + ": tensor " + table.name()
                    + ": expected [vocabulary, size], found " + table.shape());
        }
        return table.shape().get(1);
    }

    private static List<AddedEmbedding> embeddings(
            Checkpoint checkpoint, List<TextualInversion> inversions, int encoder) {
        Component component = encoder == 0
                ? checkpoint.textEncoder()
                : checkpoint.secondTextEncoder().orElseThrow();
        int encoders = checkpoint.secondTextEncoder().isPresent() ? 2 : 1;
        int size = embeddingSize(component.weights().get(TOKEN_EMBEDDING));
        List<AddedEmbedding> added = new ArrayList<>();
        Map<String, String> taken = new HashMap<>();
        for (TextualInversion inversion : inversions) {
            WeightTensor vectors =
                    inversion.vectors().size() == encoders ? inversion.vectors().get(encoder) : null;
            if (vectors == null || vectors.shape().get(1) != size) {
                throw new CheckpointException(inversion.path() + ": expected a textual inversion for "
                        + (encoders == 1 ? "one text encoder" : "two text encoders") + ", number " + (encoder + 1)
                        + " of "
                        + size + " numbers a token, as " + checkpoint.name() + " has, found "
                        + inversion.vectors().stream()
                                .map(tensor -> tensor.shape().get(1))
                                .toList());
            }
            for (String word : inversion.words()) {
                String before = taken.putIfAbsent(word, inversion.path().toString());
                if (before != null) {
                    throw new CheckpointException(inversion.path() + ": expected a word of its own, found " + word
                            + ", which stands for " + before + " too");
                }
            }
            added.add(new AddedEmbedding(inversion.words(), vectors, inversion.sha256()));
        }
        return added;
    }
}
