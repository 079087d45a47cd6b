package sc.fiji.diffusion.engine.blend;

import java.util.ArrayList;
import java.util.List;
import sc.fiji.diffusion.engine.RequestException;

/**
 * A picture that a walk goes through.
 *
 * @param prompt what it shows
 * @param seed of its noise
 */
public record Keyframe(String prompt, long seed) {

    /**
     * Prompts and seeds, the first with the first and so on; one alone of either stays through the whole walk.
     *
     * @throws RequestException if there are several of both, and not as many
     */
    public static List<Keyframe> of(List<String> prompts, List<Long> seeds) {
        int count = Math.max(prompts.size(), seeds.size());
        if (Math.min(prompts.size(), seeds.size()) != 1 && prompts.size() != seeds.size()) {
            throw new RequestException("seeds: expected one, or as many as there are prompts (" + prompts.size()
                    + "), found " + seeds.size());
        }
        List<Keyframe> keyframes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keyframes.add(new Keyframe(
                    prompts.get(Math.min(i, prompts.size() - 1)), seeds.get(Math.min(i, seeds.size() - 1))));
        }
        return keyframes;
    }
}
