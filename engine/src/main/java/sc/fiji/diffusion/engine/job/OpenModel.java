package sc.fiji.diffusion.engine.job;

import java.util.List;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.Execution;

/**
 * A model that is kept warm.
 *
 * @param model its name or path, as users give it
 * @param controlNets the paths of the ControlNets that are open with it
 * @param execution how it is computed
 * @param pipeline ready to work
 */
record OpenModel(String model, List<String> controlNets, Execution execution, DiffusionPipeline pipeline) {

    boolean suits(DiffusionJob<?> job, Execution wanted) {
        return model.equals(job.model()) && controlNets.equals(job.controlNets()) && execution.equals(wanted);
    }
}
