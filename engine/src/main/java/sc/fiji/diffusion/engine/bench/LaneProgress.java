package sc.fiji.diffusion.engine.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.runtime.RunClock;

/** Takes the time between reports, and gives the turn to the next lane at each; no time passes while it waits. */
final class LaneProgress implements Progress {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Turns turns;
    private final int lane;
    private final AtomicBoolean failed;
    private final Progress outer;
    private List<Section> sections = new ArrayList<>();
    private Section.Point last;
    private long beganAt;
    private long runningAtBegin;
    private long processorAtBegin;

    LaneProgress(Turns turns, int lane, AtomicBoolean failed, Progress outer) {
        this.turns = turns;
        this.lane = lane;
        this.failed = failed;
        this.outer = outer;
    }

    /** Waits for its turn and begins with the first section of the stage. */
    void start(Stage stage) {
        turns.await(lane);
        begin(new Section.Point(stage, 0));
    }

    /** Ends the last section, and hands over all since {@link #start}. */
    List<Section> stop() {
        end(last);
        List<Section> finished = sections;
        sections = new ArrayList<>();
        return finished;
    }

    @Override
    public void report(Stage stage, int done, int total) {
        Section.Point point = new Section.Point(stage, done);
        end(point);
        outer.report(stage, done, total);
        turns.pass(lane);
        turns.await(lane);
        begin(point);
    }

    @Override
    public boolean isCancelled() {
        return failed.get() || outer.isCancelled();
    }

    private void begin(Section.Point point) {
        last = point;
        runningAtBegin = RunClock.running();
        processorAtBegin = SYSTEM.getProcessCpuTime();
        beganAt = System.nanoTime();
    }

    private void end(Section.Point point) {
        long nanoseconds = System.nanoTime() - beganAt;
        sections.add(new Section(
                last,
                point,
                nanoseconds,
                RunClock.running() - runningAtBegin,
                SYSTEM.getProcessCpuTime() - processorAtBegin,
                PeakMemory.now().bytes()));
    }
}
