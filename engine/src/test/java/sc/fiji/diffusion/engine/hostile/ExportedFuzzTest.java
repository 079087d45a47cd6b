package sc.fiji.diffusion.engine.hostile;

class ExportedFuzzTest extends ReaderFuzzing {

    ExportedFuzzTest() {
        super(ExportedInputs.all().toArray(HostileInput[]::new));
    }
}
