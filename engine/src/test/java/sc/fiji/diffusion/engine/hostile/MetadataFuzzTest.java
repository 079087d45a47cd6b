package sc.fiji.diffusion.engine.hostile;

class MetadataFuzzTest extends ReaderFuzzing {

    MetadataFuzzTest() {
        super(new MetadataInput());
    }
}
