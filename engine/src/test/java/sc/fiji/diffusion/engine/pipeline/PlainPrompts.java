package sc.fiji.diffusion.engine.pipeline;

import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.adapter.Adapters;
import sc.fiji.diffusion.engine.adapter.ModelAdaptation;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** A model's texts as they are: without LoRAs, for computations by hand. */
final class PlainPrompts {

    private PlainPrompts() {}

    static PromptEncoder open(Checkpoint checkpoint) {
        return PromptEncoder.open(checkpoint, ModelAdaptation.of(checkpoint, Adapters.NONE), Execution.USUAL);
    }

    static Tensor encode(PromptEncoder encoder, String text) {
        return encoder.encode(TextToImageRequest.of(text, 8, 8), false, Progress.NONE)
                .get(0)
                .hiddenStates();
    }
}
