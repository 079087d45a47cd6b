package sc.fiji.diffusion.engine.blend;

import java.util.List;
import java.util.stream.IntStream;
import sc.fiji.diffusion.engine.RequestException;

/**
 * A walk between prompts, or seeds, or both, in frames that lie evenly. Frames that meet a keyframe are its picture, to
 * the bit; the first always does, and so does the last of a walk that is not closed.
 *
 * @param keyframes what the walk goes through, at least 2
 * @param frames how many images in all, at least as many as keyframes
 * @param closed whether the last keyframe goes on to the first, so that the frames can be shown in a circle
 */
public record Walk(List<Keyframe> keyframes, int frames, boolean closed) {

    /** Where the user names none. */
    public static final int DEFAULT_FRAMES = 10;

    private static final int FEWEST = 2;

    public Walk {
        keyframes = List.copyOf(keyframes);
        if (keyframes.size() < FEWEST) {
            throw new RequestException("prompt: expected two or more, with | between them, or two or more seeds, found "
                    + keyframes.size() + " of both");
        }
        if (frames < keyframes.size()) {
            throw new RequestException("frames: expected " + keyframes.size()
                    + " or more, as there are that many prompts or seeds, found " + frames);
        }
    }

    /** Where each frame lies. */
    public List<BlendedImage> images() {
        return IntStream.range(0, frames).mapToObj(this::frame).toList();
    }

    /** Reckoned in whole numbers, so that keyframes are met exactly. */
    private BlendedImage frame(int index) {
        long ways = closed ? keyframes.size() : keyframes.size() - 1;
        int parts = closed ? frames : frames - 1;
        int way = (int) (index * ways / parts);
        double position = (double) (index * ways % parts) / parts;
        Keyframe from = keyframes.get(way);
        // Behind the last way there is nothing, and the position is 0.
        Keyframe to = keyframes.get((way + 1) % keyframes.size());
        return new BlendedImage(
                new PromptBlend(from.prompt(), to.prompt(), position),
                new NoiseBlend(from.seed(), to.seed(), position));
    }
}
