package sc.fiji.diffusion.engine.hostile;

class SchedulerFuzzTest extends ReaderFuzzing {

    SchedulerFuzzTest() {
        super(ConfigurationInputs.scheduler());
    }
}
