package sc.fiji.diffusion.engine.scheduler;

import java.util.stream.IntStream;

/**
 * Of which order the calls of a singlestep solver are: 1, 2 and 3 in turn up to the highest, and lower ones at the end.
 *
 * @param orders one a call of the model
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SinglestepOrders(int... orders) {

    /**
     * @param highest 1 to 3
     * @param lowerOrderFinal whether a run ends with first order that would end with the highest
     * @param endsWithoutNoise whether a run must end with first order
     */
    static SinglestepOrders of(int highest, int steps, boolean lowerOrderFinal, boolean endsWithoutNoise) {
        int[] orders = IntStream.range(0, steps).map(call -> call % highest + 1).toArray();
        if (endsWithoutNoise || (lowerOrderFinal && steps % highest == 0)) {
            orders[steps - 1] = 1;
        }
        return new SinglestepOrders(orders);
    }

    int at(int index) {
        return orders[index];
    }
}
