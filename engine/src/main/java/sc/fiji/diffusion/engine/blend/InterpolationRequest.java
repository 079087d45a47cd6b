package sc.fiji.diffusion.engine.blend;

import java.util.List;
import java.util.stream.IntStream;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.pipeline.BlendedImage;
import sc.fiji.diffusion.engine.pipeline.NoiseBlend;
import sc.fiji.diffusion.engine.pipeline.PromptBlend;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.provenance.Provenance;

/**
 * A request for a walk between prompts, or seeds, or both, in frames that lie evenly. Frames that meet a keyframe are
 * its picture, to the bit; the first always does, and so does the last of a walk that is not closed.
 *
 * @param settings what all frames have in common: the batch size is the number of frames; prompt and seed become those
 *     of the first keyframe
 * @param keyframes what the walk goes through, at least 2
 * @param closed whether the last keyframe goes on to the first, so that the frames can be shown in a circle
 */
public record InterpolationRequest(TextToImageRequest settings, List<Keyframe> keyframes, boolean closed)
        implements BlendRequest {

    /** Where the user names none. */
    public static final int DEFAULT_FRAMES = 10;

    private static final int FEWEST = 2;

    public InterpolationRequest {
        keyframes = List.copyOf(keyframes);
        if (keyframes.size() < FEWEST) {
            throw new RequestException("prompt: expected two or more, with | between them, or two or more seeds, found "
                    + keyframes.size() + " of both");
        }
        if (settings.batchSize() < keyframes.size()) {
            throw new RequestException("frames: expected " + keyframes.size()
                    + " or more, as there are that many prompts or seeds, found " + settings.batchSize());
        }
        // A request checks its prompt and its seed.
        for (Keyframe keyframe : keyframes) {
            settings = settings.withPrompt(keyframe.prompt()).withSeed(keyframe.seed());
        }
        settings = settings.withPrompt(keyframes.get(0).prompt())
                .withSeed(keyframes.get(0).seed());
    }

    @Override
    public List<BlendedImage> images() {
        return IntStream.range(0, settings.batchSize()).mapToObj(this::frame).toList();
    }

    /** Reckoned in whole numbers, so that keyframes are met exactly. */
    private BlendedImage frame(int index) {
        int ways = closed ? keyframes.size() : keyframes.size() - 1;
        int parts = closed ? settings.batchSize() : settings.batchSize() - 1;
        int way = index * ways / parts;
        double position = (double) (index * ways % parts) / parts;
        Keyframe from = keyframes.get(way);
        // Behind the last way there is nothing, and the position is 0.
        Keyframe to = keyframes.get((way + 1) % keyframes.size());
        return new BlendedImage(
                new PromptBlend(from.prompt(), to.prompt(), position),
                new NoiseBlend(from.seed(), to.seed(), position));
    }

    @Override
    public Provenance.Task task() {
        return Provenance.Task.interpolation(
                keyframes.stream().map(Keyframe::prompt).toList(),
                keyframes.stream().map(Keyframe::seed).toList(),
                closed);
    }
}
