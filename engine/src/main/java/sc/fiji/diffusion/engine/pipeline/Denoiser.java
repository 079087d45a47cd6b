package sc.fiji.diffusion.engine.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.adapter.Adaptation;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.network.UNet2DCondition;
import sc.fiji.diffusion.engine.tensor.AnyTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** The UNet with its guidance and its ControlNets: one prediction from latents and timestep. */
final class Denoiser implements AutoCloseable {

    private final AdaptedSession session;
    private final DenoiserTask task;
    private final GuidanceInputs guidanceInputs;
    private final ControlNets controlNets;

    private Denoiser(
            AdaptedSession session, DenoiserTask task, GuidanceInputs guidanceInputs, ControlNets controlNets) {
        this.session = session;
        this.task = task;
        this.guidanceInputs = guidanceInputs;
        this.controlNets = controlNets;
    }

    /** A device that can't compute in half precision opens it in float32, and says so. */
    static Denoiser open(Checkpoint checkpoint, PipelineOptions options, Adaptation adaptation, Progress progress) {
        try {
            return open(checkpoint, options, adaptation);
        } catch (EngineException | CheckpointException e) {
            if (!options.execution().isHalf()) {
                throw e;
            }
            Execution exact = options.execution().inFloat32();
            Denoiser opened = open(checkpoint, options.withExecution(exact), adaptation);
            progress.notice("computed in float32, because float16 failed: " + e.getMessage());
            return opened;
        }
    }

    private static Denoiser open(Checkpoint checkpoint, PipelineOptions options, Adaptation adaptation) {
        DenoiserTask task = DenoiserTask.of(checkpoint);
        task.requireTakes(options.controlNets(), checkpoint);
        GuidanceInputs guidanceInputs = GuidanceInputs.of(checkpoint);
        ControlNets controlNets = ControlNets.open(options.controlNets(), checkpoint, options.execution());
        try {
            AdaptedSession session = AdaptedSession.open(
                    checkpoint.unet(),
                    controlNets.isEmpty() ? UNet2DCondition::graph : UNet2DCondition::graphWithResiduals,
                    adaptation,
                    options.execution());
            return new Denoiser(session, task, guidanceInputs, controlNets);
        } catch (RuntimeException e) {
            controlNets.close();
            throw e;
        }
    }

    /** The network's session, for LoRAs. */
    AdaptedSession session() {
        return session;
    }

    /** Opens all anew in float32. */
    void inFloat32() {
        session.inFloat32();
        controlNets.inFloat32();
    }

    /** What it was trained for. */
    DenoiserTask task() {
        return task;
    }

    /** What it wants to be told. */
    GuidanceInputs guidanceInputs() {
        return guidanceInputs;
    }

    /** What it is steered by. */
    ControlNets controlNets() {
        return controlNets;
    }

    /**
     * What is noise in the latents, as the text and the guidance scale see it.
     *
     * @param latents {@code [1, latent channels, h, w]}, scaled as the scheduler says
     * @param constraint which says what the UNet is shown of them
     * @param step where in the run
     * @param guidance what to be guided by
     * @return {@code [1, latent channels, h, w]}
     */
    Tensor predict(Tensor latents, Constraint constraint, DenoisingStep step, Guidance guidance, Progress progress) {
        Map<String, AnyTensor> inputs = new LinkedHashMap<>(guidance.inputs());
        inputs.put(UNet2DCondition.SAMPLE, constraint.modelInput(latents, guidance.rows()));
        inputs.put(UNet2DCondition.TIMESTEP, Tensor.of(new float[] {step.timestep()}, 1));
        if (!controlNets.isEmpty()) {
            inputs.putAll(controlNets.residuals(latents, step, guidance, progress));
        }
        return guidance.combine(
                step.isLast()
                        ? session.runLast(inputs, UNet2DCondition.OUT_SAMPLE, progress)
                        : session.run(inputs, UNet2DCondition.OUT_SAMPLE, progress));
    }

    @Override
    public void close() {
        session.close();
        controlNets.close();
    }
}
