package sc.fiji.diffusion.engine.hostile;

class SafetensorsFuzzTest extends ReaderFuzzing {

    SafetensorsFuzzTest() {
        super(new SafetensorsInput());
    }
}
