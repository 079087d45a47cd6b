package sc.fiji.diffusion.engine.pipeline;

import java.util.List;
import java.util.Objects;
import sc.fiji.diffusion.engine.adapter.AdapterFolders;
import sc.fiji.diffusion.engine.adapter.Adapters;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;

/**
 * What a model is opened with.
 *
 * @param adapters LoRAs and textual inversions used for all images
 * @param folders where those are that only a prompt names. Whatever a request's prompt names besides is used for that
 *     request: networks that it changes are opened anew before, the others stay
 * @param controlNets that steer the model; requests then carry a picture for each
 * @param execution how it is computed
 */
public record PipelineOptions(
        Adapters adapters, AdapterFolders folders, List<ControlNetCheckpoint> controlNets, Execution execution) {

    public PipelineOptions {
        Objects.requireNonNull(adapters, "adapters");
        Objects.requireNonNull(folders, "folders");
        Objects.requireNonNull(execution, "execution");
        controlNets = List.copyOf(controlNets);
    }

    /** Nothing but the checkpoint; its prompts may name adapters that lie beside it. */
    public static PipelineOptions of(Checkpoint checkpoint) {
        return new PipelineOptions(Adapters.NONE, AdapterFolders.beside(checkpoint), List.of(), Execution.USUAL);
    }

    /** The same with other adapters. */
    public PipelineOptions withAdapters(Adapters other, AdapterFolders otherFolders) {
        return new PipelineOptions(other, otherFolders, controlNets, execution);
    }

    /** The same with other ControlNets. */
    public PipelineOptions withControlNets(List<ControlNetCheckpoint> other) {
        return new PipelineOptions(adapters, folders, other, execution);
    }

    /** The same, computed otherwise. */
    public PipelineOptions withExecution(Execution other) {
        return new PipelineOptions(adapters, folders, controlNets, other);
    }
}
