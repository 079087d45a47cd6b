package sc.fiji.diffusion.job;

import java.util.function.Consumer;

/** Where sentences go that users should know but need not be stopped for; on standard error until somebody listens. */
final class Notices implements Consumer<String> {

    private volatile Consumer<String> receiver = System.err::println;

    void tell(Consumer<String> newReceiver) {
        receiver = newReceiver;
    }

    @Override
    public void accept(String sentence) {
        receiver.accept(sentence);
    }
}
