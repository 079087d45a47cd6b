package sc.fiji.diffusion.engine.pipeline;

import java.util.Map;
import sc.fiji.diffusion.engine.scheduler.SchedulerConfig;

/**
 * What diffusers' pipelines of Stable Diffusion 1 and 2 change in a checkpoint's own scheduler, whatever its file says:
 * early checkpoints name fields that their models were not trained for. Those of XL, of InstructPix2Pix and of
 * ControlNets change nothing.
 */
final class OutdatedScheduler {

    private static final Map<String, Object> OF_WHOLE_IMAGES = Map.of("steps_offset", 1, "clip_sample", false);
    private static final Map<String, Object> OF_INPAINTING = Map.of("steps_offset", 1, "skip_prk_steps", true);

    private OutdatedScheduler() {}

    static SchedulerConfig mended(SchedulerConfig own, boolean forInpainting) {
        return own.as(own.type(), Map.of(), forInpainting ? OF_INPAINTING : OF_WHOLE_IMAGES);
    }
}
