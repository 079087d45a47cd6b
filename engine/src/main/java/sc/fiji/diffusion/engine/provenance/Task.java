package sc.fiji.diffusion.engine.provenance;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.blend.BlendKind;
import sc.fiji.diffusion.engine.blend.BlendedImage;

/** What was done, and with which settings of its own. */
public sealed interface Task {

    /** For people, and in JSON. */
    String name();

    /** How much noise was added to a given picture; empty where none was given. */
    default OptionalDouble strength() {
        return OptionalDouble.empty();
    }

    /** Whether what is not made anew stays, so that the picture is a composite of what was given and what was made. */
    default boolean keepsSurroundings() {
        return false;
    }

    /** A picture from a text. */
    record TextToImage() implements Task {

        static final String NAME = "text to image";

        @Override
        public String name() {
            return NAME;
        }
    }

    /**
     * A picture from another one.
     *
     * @param noise the strength
     */
    record ImageToImage(double noise) implements Task {

        static final String NAME = "image to image";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public OptionalDouble strength() {
            return OptionalDouble.of(noise);
        }
    }

    /**
     * A picture changed as a text says.
     *
     * @param imageGuidanceScale how far to go towards the picture
     */
    record Instruction(double imageGuidanceScale) implements Task {

        static final String NAME = "image to image by instruction";

        @Override
        public String name() {
            return NAME;
        }
    }

    /**
     * A part of a picture made anew.
     *
     * @param noise the strength
     * @param recipe how; empty if the pipeline alone did it
     * @param mask where; empty if that is not known
     */
    record Inpainting(double noise, Optional<Recipe> recipe, Optional<StoredMask> mask) implements Task {

        static final String NAME = "inpainting";

        public Inpainting {
            Objects.requireNonNull(recipe, "recipe");
            Objects.requireNonNull(mask, "mask");
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public OptionalDouble strength() {
            return OptionalDouble.of(noise);
        }

        @Override
        public boolean keepsSurroundings() {
            return true;
        }
    }

    /**
     * Image to image, tile by tile.
     *
     * @param noise the strength
     * @param tile width and height of each
     * @param overlap share of a tile that the next one covers too, at least
     */
    record Upscaling(double noise, int tile, double overlap) implements Task {

        static final String NAME = "upscaling";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public OptionalDouble strength() {
            return OptionalDouble.of(noise);
        }
    }

    /**
     * Pictures that lie between others.
     *
     * @param kind what they are made for
     * @param images where each lies; of one picture alone, one
     */
    record Blend(BlendKind kind, List<BlendedImage> images) implements Task {

        public Blend {
            Objects.requireNonNull(kind, "kind");
            images = List.copyOf(images);
            if (images.isEmpty()) {
                throw new RequestException("provenance: images: expected at least one, found none");
            }
        }

        @Override
        public String name() {
            return kind.label();
        }
    }
}
