package sc.fiji.diffusion.engine.hostile;

class AdapterFuzzTest extends ReaderFuzzing {

    AdapterFuzzTest() {
        super(AdapterInputs.all().toArray(HostileInput[]::new));
    }
}
