package sc.fiji.diffusion.engine.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.network.UNet2DCondition;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * The ControlNets that steer a UNet together: what each says, times its weight, is added up, as in diffusers' {@code
 * MultiControlNetModel}.
 */
final class ControlNets implements AutoCloseable {

    private static final Tensor NOTHING = Tensor.of(new float[1], 1, 1, 1, 1);

    private final List<String> residuals;
    private final List<OpenControlNet> nets = new ArrayList<>();

    private ControlNets(List<String> residuals) {
        this.residuals = residuals;
    }

    /** Opens all of them, or none. */
    static ControlNets open(List<ControlNetCheckpoint> controlNets, Checkpoint checkpoint, Execution execution) {
        ControlNets opened = new ControlNets(UNet2DCondition.residuals(checkpoint.unet()));
        try {
            for (ControlNetCheckpoint controlNet : controlNets) {
                opened.nets.add(OpenControlNet.open(controlNet, checkpoint, execution));
            }
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    /** Opens all anew in float32. */
    void inFloat32() {
        nets.replaceAll(OpenControlNet::inFloat32);
    }

    boolean isEmpty() {
        return nets.isEmpty();
    }

    /** @throws RequestException if there is not one picture for each ControlNet */
    List<ControlHint> hints(List<ControlImage> images, int width, int height) {
        if (images.size() != nets.size()) {
            throw new RequestException(
                    "control images: expected " + nets.size() + ", one for each ControlNet, found " + images.size());
        }
        return images.stream()
                .map(image -> ControlHint.of(image, width, height))
                .toList();
    }

    /**
     * What to add to the UNet at a step, by the names of its inputs. A ControlNet that does not steer at that step is
     * not run.
     *
     * @param latents {@code [1, latent channels, h, w]}, scaled as the scheduler says
     */
    Map<String, Tensor> residuals(Tensor latents, DenoisingStep step, Guidance guidance, Progress progress) {
        Map<String, Tensor> sum = new LinkedHashMap<>();
        for (int i = 0; i < nets.size(); i++) {
            ControlHint hint = guidance.hints().get(i);
            float weight = (float) hint.weight(step);
            if (weight > 0) {
                nets.get(i)
                        .run(latents, step.timestep(), hint, guidance, progress)
                        .forEach((name, residual) -> sum.merge(name, scaled(residual, weight), ControlNets::sum));
            }
        }
        residuals.forEach(name -> sum.putIfAbsent(name, NOTHING));
        return sum;
    }

    private static Tensor scaled(Tensor residual, float weight) {
        float[] values = new float[residual.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = weight * residual.values()[i];
        }
        return new Tensor(residual.shape(), values);
    }

    private static Tensor sum(Tensor before, Tensor added) {
        float[] values = new float[added.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = before.values()[i] + added.values()[i];
        }
        return new Tensor(added.shape(), values);
    }

    @Override
    public void close() {
        nets.forEach(net -> net.session().close());
    }
}
