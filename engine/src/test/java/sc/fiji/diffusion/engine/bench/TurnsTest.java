package sc.fiji.diffusion.engine.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

    @Test
    void threadsWorkInTurnUntilEachHasLeft() throws InterruptedException {
        List<Integer> order = new ArrayList<>();
        Turns turns = new Turns(3);
        List<Thread> threads = new ArrayList<>();
        for (int lane = 0; lane < 3; lane++) {
            int own = lane;
            // the second works longest
            int work = lane == 1 ? 4 : 2;
            threads.add(new Thread(() -> {
                for (int i = 0; i < work; i++) {
                    turns.await(own);
                    order.add(own);
                    turns.pass(own);
                }
                turns.leave(own);
            }));
        }
        threads.forEach(Thread::start);
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (Thread thread : threads) {
                thread.join();
            }
        });
        assertEquals(List.of(0, 1, 2, 0, 1, 2, 1, 1), order);
    }
}
