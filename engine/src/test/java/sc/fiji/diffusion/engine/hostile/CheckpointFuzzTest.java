package sc.fiji.diffusion.engine.hostile;

class CheckpointFuzzTest extends ReaderFuzzing {

    CheckpointFuzzTest() {
        super(ModelInput.index(), ModelInput.textEncoder(), ModelInput.unet(), ModelInput.vae(), new ShardIndexInput());
    }
}
