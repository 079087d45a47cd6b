package sc.fiji.diffusion.command;

import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;

/** Looks models up on the disk, and remembers the last one: a dialog asks again with every letter typed. */
final class KnownModels {

    private String lastModel;
    private ModelTraits lastTraits;

    /** @throws sc.fiji.diffusion.engine.DiffusionException if there is no such model, or it can't be read */
    ModelTraits of(String model) {
        if (!model.equals(lastModel)) {
            lastTraits = ModelTraits.of(Checkpoint.open(Models.locate(model.strip())));
            lastModel = model;
        }
        return lastTraits;
    }
}
