package sc.fiji.diffusion.engine.hostile;

class CheckpointFuzzTest extends ReaderFuzzing {

    CheckpointFuzzTest() {
        super(
                ConfigurationInputs.index(),
                ConfigurationInputs.textEncoder(),
                ConfigurationInputs.unet(),
                ConfigurationInputs.vae(),
                new ShardIndexInput());
    }
}
