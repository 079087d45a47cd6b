package sc.fiji.diffusion.replay;

import sc.fiji.diffusion.engine.provenance.ControlNetUse;
import sc.fiji.diffusion.engine.provenance.Model;

/** Where the models are that were used; both answer with a name or path, or refuse in one sentence. */
public interface ModelFinder {

    String model(Model wanted);

    String controlNet(ControlNetUse wanted);
}
