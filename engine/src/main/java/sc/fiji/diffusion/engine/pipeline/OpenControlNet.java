package sc.fiji.diffusion.engine.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.network.Autoencoder;
import sc.fiji.diffusion.engine.network.ControlNet;
import sc.fiji.diffusion.engine.network.UNet2DCondition;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.tensor.AnyTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * One ControlNet.
 *
 * @param component the network
 * @param execution how it is computed
 * @param session of the network
 * @param residuals the names of what it says
 * @param takesTextAndSize whether it is told of the text summed up and of the picture's size, as the UNet is
 * @param poolsGlobally whether it steers the prompt's prediction alone, and all pixels alike
 */
record OpenControlNet(
        Component component,
        Execution execution,
        InferenceSession session,
        Set<String> residuals,
        boolean takesTextAndSize,
        boolean poolsGlobally) {

    static OpenControlNet open(ControlNetCheckpoint controlNet, Checkpoint checkpoint, Execution execution) {
        Component component = controlNet.component(checkpoint.unet());
        ControlNet.requireFits(component, checkpoint.unet());
        require(
                controlNet + ": in_channels",
                Autoencoder.of(checkpoint.vae()).latentChannels(),
                ControlNet.inChannels(component));
        require(controlNet + ": conditioning_channels", 3, ControlNet.conditioningChannels(component));
        require(
                controlNet + ": pixels to a latent",
                checkpoint.vaeScaleFactor(),
                ControlNet.conditioningScaleFactor(component));
        return new OpenControlNet(
                component,
                execution,
                InferenceSession.open(ControlNet.graph(component, execution.form()), execution.device()),
                Set.copyOf(UNet2DCondition.residuals(checkpoint.unet())),
                ControlNet.takesTextAndSize(component),
                ControlNet.poolsGlobally(component));
    }

    /** The same in float32; this one is closed. */
    OpenControlNet inFloat32() {
        session.close();
        Execution exact = execution.inFloat32();
        InferenceSession opened = InferenceSession.open(ControlNet.graph(component, exact.form()), exact.device());
        return new OpenControlNet(component, exact, opened, residuals, takesTextAndSize, poolsGlobally);
    }

    private static void require(String what, int expected, int found) {
        if (expected != found) {
            throw new CheckpointException(what + ": expected " + expected + ", found " + found);
        }
    }

    /** What it adds to the UNet, by name, each with as many rows as the guidance. */
    Map<String, Tensor> run(Tensor latents, float timestep, ControlHint hint, Guidance guidance, Progress progress) {
        if (!poolsGlobally || guidance.rows() == 1) {
            return runAll(latents, timestep, hint, guidance, progress);
        }
        Map<String, Tensor> found = new LinkedHashMap<>();
        runAll(latents, timestep, hint, guidance.ofPrompt(), progress)
                .forEach((name, residual) ->
                        found.put(name, Tensor.concatenated(0, List.of(zeros(residual), residual))));
        return found;
    }

    private Map<String, Tensor> runAll(
            Tensor latents, float timestep, ControlHint hint, Guidance guidance, Progress progress) {
        Map<String, AnyTensor> inputs = new LinkedHashMap<>();
        inputs.put(UNet2DCondition.SAMPLE, latents.repeated(guidance.rows()));
        inputs.put(UNet2DCondition.TIMESTEP, Tensor.of(new float[] {timestep}, 1));
        inputs.put(ControlNet.CONDITIONING, hint.pixels());
        put(UNet2DCondition.ENCODER_HIDDEN_STATES, guidance, inputs);
        if (takesTextAndSize) {
            put(UNet2DCondition.TEXT_EMBEDS, guidance, inputs);
            put(UNet2DCondition.TIME_IDS, guidance, inputs);
        }
        return session.run(inputs, residuals, progress);
    }

    private static void put(String name, Guidance guidance, Map<String, AnyTensor> inputs) {
        inputs.put(name, guidance.inputs().get(name));
    }

    private static Tensor zeros(Tensor like) {
        return new Tensor(like.shape(), new float[like.values().length]);
    }
}
