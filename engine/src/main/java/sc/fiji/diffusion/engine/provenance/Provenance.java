package sc.fiji.diffusion.engine.provenance;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import sc.fiji.diffusion.engine.blend.BlendedImage;
import sc.fiji.diffusion.engine.image.Size;

/**
 * How a batch of pictures, or one of them ({@link #ofImage}), came to be. With the same model, versions and device kind,
 * the same values make the same pixels. Names of files are kept, never the folders that they lie in.
 *
 * @param task what was done
 * @param texts what the model was told
 * @param sampling how noise became pictures
 * @param model which weights were used
 * @param source the picture that was begun with, if there was one
 * @param image the image that this picture belongs to, where there is more to it than the picture
 * @param resultSha256 of the pixels that came out, as {@link sc.fiji.diffusion.engine.image.PixelHash} takes it, in
 *     hexadecimal: one for each slice that makes up the picture; none if that is not known
 * @param watermark the version of the invisible mark that the picture carries, if it does
 * @param computation what computed
 * @param created when the job ended
 */
public record Provenance(
        Task task,
        Texts texts,
        Sampling sampling,
        Model model,
        Optional<Source> source,
        Optional<EditedImage> image,
        List<String> resultSha256,
        OptionalInt watermark,
        Computation computation,
        Instant created) {

    public Provenance {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(texts, "texts");
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(image, "image");
        resultSha256 = List.copyOf(resultSha256);
        Objects.requireNonNull(watermark, "watermark");
        Objects.requireNonNull(computation, "computation");
        Objects.requireNonNull(created, "created");
    }

    /** As typed. */
    public String prompt() {
        return texts.prompt();
    }

    /** Of the first picture; picture i, from 0, has {@code seed + i}, unless they are a {@link Task.Blend}. */
    public long seed() {
        return sampling.seed();
    }

    /** The same of another task. */
    public Provenance withTask(Task newTask) {
        return new Provenance(
                newTask, texts, sampling, model, source, image, resultSha256, watermark, computation, created);
    }

    private Provenance withPrompt(String newPrompt) {
        Texts newTexts = new Texts(newPrompt, texts.negativePrompt(), texts.syntax(), texts.clipSkip());
        return new Provenance(
                task, newTexts, sampling, model, source, image, resultSha256, watermark, computation, created);
    }

    /** The same with other seeds or sizes. */
    public Provenance withSampling(Sampling newSampling) {
        return new Provenance(
                task, texts, newSampling, model, source, image, resultSha256, watermark, computation, created);
    }

    /** The same of pictures that were brought to another size. */
    public Provenance resized(int width, int height) {
        return withSampling(sampling.withSize(new Size(width, height)));
    }

    /** The same with other weights. */
    public Provenance withModel(Model newModel) {
        return new Provenance(
                task, texts, sampling, newModel, source, image, resultSha256, watermark, computation, created);
    }

    /** The same, begun with a picture. */
    public Provenance withSource(Source newSource) {
        return new Provenance(
                task,
                texts,
                sampling,
                model,
                Optional.of(newSource),
                image,
                resultSha256,
                watermark,
                computation,
                created);
    }

    /** The same, with the image that the picture was taken from. */
    public Provenance withImage(EditedImage newImage) {
        return new Provenance(
                task,
                texts,
                sampling,
                model,
                source,
                Optional.of(newImage),
                resultSha256,
                watermark,
                computation,
                created);
    }

    /** The same, with the hashes of what came out. */
    public Provenance withResult(List<String> newResultSha256) {
        return new Provenance(
                task, texts, sampling, model, source, image, newResultSha256, watermark, computation, created);
    }

    /** The same, with the invisible mark of that version. */
    public Provenance withWatermark(int version) {
        return new Provenance(
                task,
                texts,
                sampling,
                model,
                source,
                image,
                resultSha256,
                OptionalInt.of(version),
                computation,
                created);
    }

    /**
     * That of one picture of the batch alone: its own seed makes it again.
     *
     * @param index from 0
     */
    public Provenance ofImage(int index) {
        Objects.checkIndex(index, sampling.batchSize());
        if (task instanceof Task.Blend blend) {
            BlendedImage image = blend.images().get(index);
            return withTask(new Task.Blend(blend.kind(), List.of(image)))
                    .withPrompt(image.prompt().from())
                    .withSampling(sampling.withSeeds(image.noise().from(), 1));
        }
        return withSampling(sampling.withSeeds(sampling.seed() + index, 1));
    }

    /** Lines of {@code Name: value}, for people, ending in a line feed; values that span lines are kept to one. */
    public String text() {
        return ProvenanceText.of(this);
    }

    /** For programs: one JSON object, {@link #fromJson} reads it. */
    public String toJson() {
        return ProvenanceWriter.write(this);
    }

    /**
     * Reads what {@link #toJson} wrote. Keys that it does not know are passed over.
     *
     * @throws sc.fiji.diffusion.engine.RequestException if it is of a later version, damaged, or larger than any real one
     */
    public static Provenance fromJson(String json) {
        return ProvenanceReader.read(json);
    }
}
