package sc.fiji.diffusion.engine.hostile;

class NetworkFuzzTest extends ReaderFuzzing {

    NetworkFuzzTest() {
        super(NetworkInputs.all().toArray(HostileInput[]::new));
    }
}
