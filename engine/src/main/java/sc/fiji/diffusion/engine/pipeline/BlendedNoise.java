package sc.fiji.diffusion.engine.pipeline;

import java.util.function.LongFunction;
import sc.fiji.diffusion.engine.blend.NoiseBlend;
import sc.fiji.diffusion.engine.scheduler.NoiseSource;
import sc.fiji.diffusion.engine.scheduler.Slerp;

/** What an image begins with, and what schedulers draw that go on adding noise: each draw lies on the arc. */
final class BlendedNoise {

    private BlendedNoise() {}

    /** @param ofSeed noise that was not drawn from yet */
    static NoiseSource of(NoiseBlend blend, LongFunction<NoiseSource> ofSeed) {
        if (blend.isOnlyFrom()) {
            return ofSeed.apply(blend.from());
        }
        if (blend.position() == 1) {
            return ofSeed.apply(blend.to());
        }
        NoiseSource first = ofSeed.apply(blend.from());
        NoiseSource second = ofSeed.apply(blend.to());
        return length -> Slerp.between(first.next(length), second.next(length), blend.position());
    }
}
