package sc.fiji.diffusion.job;

import java.util.List;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;

/**
 * A model that is kept warm.
 *
 * @param model its name or path, as users give it
 * @param controlNets the paths of the ControlNets that are open with it
 * @param pipeline ready to work
 */
record OpenModel(String model, List<String> controlNets, DiffusionPipeline pipeline) {

    boolean is(String otherModel, List<String> otherControlNets) {
        return model.equals(otherModel) && controlNets.equals(otherControlNets);
    }
}
