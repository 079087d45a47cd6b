package sc.fiji.diffusion.engine.scheduler;

/** MT19937 of Matsumoto and Nishimura (1998), seeded with one 32-bit number as in their {@code init_genrand}. */
final class MersenneTwister {

    private static final int SIZE = 624;
    private static final int OFFSET = 397;

    private final int[] state = new int[SIZE];
    private int position = SIZE;

    MersenneTwister(int seed) {
        state[0] = seed;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
        }
    }

    /** The next 32 random bits. */
    int next() {
        if (position == SIZE) {
            refill();
            position = 0;
        }
        int bits = state[position++];
        bits ^= bits >>> 11;
        bits ^= bits << 7 & 0x9d2c5680;
        bits ^= bits << 15 & 0xefc60000;
        return bits ^ bits >>> 18;
    }

    private void refill() {
        for (int i = 0; i < SIZE; i++) {
            int bits = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
            int twisted = bits >>> 1 ^ ((bits & 1) == 0 ? 0 : 0x9908b0df);
            state[i] = state[(i + OFFSET) % SIZE] ^ twisted;
        }
    }
}
