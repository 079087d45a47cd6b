package sc.fiji.diffusion.engine.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    private final UNetMemory memory;

    /** Whether memory has turned out too short for several rows at once. */
    private boolean rowByRow;

    private Denoiser(
            AdaptedSession session,
            DenoiserTask task,
            GuidanceInputs guidanceInputs,
            ControlNets controlNets,
            UNetMemory memory) {
        this.session = session;
        this.task = task;
        this.guidanceInputs = guidanceInputs;
        this.controlNets = controlNets;
        this.memory = memory;
    }

    /**
     * A device that can't compute in half precision opens it in float32, and says so. An exported network computes in
     * the numbers that its exporter chose.
     */
    static Denoiser open(Checkpoint checkpoint, PipelineOptions options, Adaptation adaptation, Progress progress) {
        UNetMemory memory = UNetMemory.of(checkpoint);
        PipelineOptions exact = options.withExecution(options.execution().inFloat32());
        if (checkpoint.unet().graph().isPresent()) {
            if (options.execution().isRounded()) {
                progress.notice("computed as it was exported, because an exported network can't be changed to int8");
            }
            return open(checkpoint, exact, adaptation, memory);
        }
        try {
            return open(checkpoint, options, adaptation, memory);
        } catch (EngineException | CheckpointException e) {
            if (!options.execution().isHalf()) {
                throw e;
            }
            Denoiser opened = open(checkpoint, exact, adaptation, memory);
            progress.notice("computed in float32, because float16 failed: " + e.getMessage());
            return opened;
        }
    }

    /** @param memory that it may take */
    static Denoiser open(Checkpoint checkpoint, PipelineOptions options, Adaptation adaptation, UNetMemory memory) {
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
            return new Denoiser(session, task, guidanceInputs, controlNets, memory);
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
        return guidance.combine(predictedRows(inputs, guidance.rows(), latents, step, progress));
    }

    /** All rows at once, which is faster, or one after the other where that would take more memory than there is. */
    private Tensor predictedRows(
            Map<String, AnyTensor> inputs, int rows, Tensor latents, DenoisingStep step, Progress progress) {
        if (rows > 1 && !rowByRow && memory.fits(rows, latents)) {
            try {
                return run(inputs, step, progress);
            } catch (EngineException e) {
                // A GPU's memory, for one, is not known beforehand.
                if (!e.isOutOfMemory()) {
                    throw e;
                }
                rowByRow = true;
            }
        }
        List<Tensor> predicted = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            Map<String, AnyTensor> own = new LinkedHashMap<>();
            for (Map.Entry<String, AnyTensor> input : inputs.entrySet()) {
                boolean hasRows = rows > 1 && input.getValue().shape()[0] == rows;
                own.put(input.getKey(), hasRows ? ((Tensor) input.getValue()).entry(row) : input.getValue());
            }
            predicted.add(run(own, step, progress));
        }
        return Tensor.concatenated(0, predicted);
    }

    private Tensor run(Map<String, AnyTensor> inputs, DenoisingStep step, Progress progress) {
        return step.isLast()
                ? session.runLast(inputs, UNet2DCondition.OUT_SAMPLE, progress)
                : session.run(inputs, UNet2DCondition.OUT_SAMPLE, progress);
    }

    @Override
    public void close() {
        session.close();
        controlNets.close();
    }
}
