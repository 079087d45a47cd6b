package sc.fiji.diffusion.engine.bench;

import sc.fiji.diffusion.engine.CancelledException;

/** Lets threads work one at a time, each in its turn. */
final class Turns {

    private final boolean[] gone;
    private int turn;

    /** @param count how many threads take part; the first has the first turn */
    Turns(int count) {
        this.gone = new boolean[count];
    }

    /** Waits for one's turn. */
    synchronized void await(int own) {
        while (turn != own) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException();
            }
        }
    }

    /** Lets the next one go on. */
    synchronized void pass(int own) {
        if (turn == own) {
            for (int step = 1; step <= gone.length; step++) {
                int next = (own + step) % gone.length;
                if (!gone[next]) {
                    turn = next;
                    break;
                }
            }
            notifyAll();
        }
    }

    /** Takes part no longer, whoever's turn it is. */
    synchronized void leave(int own) {
        gone[own] = true;
        pass(own);
    }
}
