package sc.fiji.diffusion.engine.hostile;

class InspectFuzzTest extends ReaderFuzzing {

    InspectFuzzTest() {
        super(InspectedInput.all().toArray(HostileInput[]::new));
    }
}
