package sc.fiji.diffusion.engine.adapter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;

/** Gathers what several LoRAs change in one network. */
final class LoraChanges {

    private final AdaptedNetwork network;
    private final Optional<LayerNames> names;
    private final Map<String, List<WeightChange>> changes = new LinkedHashMap<>();
    private final List<String> sources = new ArrayList<>();

    /** @param component empty if the model has no such network */
    LoraChanges(AdaptedNetwork network, Optional<Component> component) {
        this.network = network;
        this.names = component.map(present -> new LayerNames(present.weights()));
    }

    /**
     * @return how many of the LoRA's layers this network has not
     * @throws CheckpointException if one does not fit
     */
    int add(Lora lora) {
        int unmatched = 0;
        Set<String> changed = new HashSet<>();
        for (Map.Entry<String, LoraLayer> entry : lora.file().layers(network).entrySet()) {
            Optional<WeightTensor> weight = names.flatMap(known -> known.find(entry.getKey()));
            if (weight.isEmpty()) {
                unmatched++;
                continue;
            }
            if (!changed.add(weight.get().name())) {
                throw new CheckpointException(lora.file() + ": expected each layer once, found " + entry.getKey()
                        + " under another name too");
            }
            add(lora, entry.getValue(), weight.get());
        }
        if (!changed.isEmpty() && lora.strength(network) != 0) {
            sources.add(lora.file().sha256());
        }
        return unmatched;
    }

    private void add(Lora lora, LoraLayer layer, WeightTensor weight) {
        if (!layer.delta().fits(weight.shape())) {
            throw new CheckpointException(lora.file() + ": layer " + layer.key() + ": expected a change of shape "
                    + weight.shape() + ", as the model's " + weight.name() + " has, found "
                    + layer.delta().shape());
        }
        double scale = lora.strength(network) * layer.scale();
        if (scale != 0) {
            changes.computeIfAbsent(weight.name(), name -> new ArrayList<>())
                    .add(new WeightChange(layer.delta(), scale));
        }
    }

    Adaptation adaptation(List<Adaptation.AddedEmbedding> embeddings) {
        return new Adaptation(changes, embeddings, sources);
    }
}
