package sc.fiji.diffusion.engine.hostile;

class ImageFuzzTest extends ReaderFuzzing {

    ImageFuzzTest() {
        super(new ImageInput());
    }
}
