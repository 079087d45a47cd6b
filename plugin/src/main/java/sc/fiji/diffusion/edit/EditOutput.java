package sc.fiji.diffusion.edit;

import ij.ImagePlus;
import java.util.Locale;
import java.util.Optional;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.pixels.ValueRange;

/** Where pictures go that are made from those of an open image. */
public enum EditOutput {
    /** Into a new RGB image or stack, which is not shown yet. */
    NEW {
        @Override
        public Optional<ImagePlus> run(
                ImagePlus image, EditPlan plan, ValueRange range, PictureModel model, Progress progress) {
            return Optional.of(new NewStack(image, plan, range).run(model, progress));
        }
    },

    /** Into the image's own pixels. */
    REPLACE {
        @Override
        public Optional<ImagePlus> run(
                ImagePlus image, EditPlan plan, ValueRange range, PictureModel model, Progress progress) {
            new ImageEditor(image, plan, range).run(model, progress);
            return Optional.empty();
        }
    },

    /** Behind the last slice of the image. */
    APPEND {
        @Override
        public Optional<ImagePlus> run(
                ImagePlus image, EditPlan plan, ValueRange range, PictureModel model, Progress progress) {
            new SliceAppender(image, plan, range).run(model, progress);
            return Optional.empty();
        }
    };

    /**
     * Works through a plan.
     *
     * @return the new image, if it is not the one that was given
     * @throws RequestException if that image can't be changed so
     * @throws sc.fiji.diffusion.engine.CancelledException when {@code progress} says so
     */
    public abstract Optional<ImagePlus> run(
            ImagePlus image, EditPlan plan, ValueRange range, PictureModel model, Progress progress);

    /** In macros and scripts: {@code new}, {@code replace} or {@code append}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws RequestException if there is none with the key */
    public static EditOutput of(String key) {
        for (EditOutput output : values()) {
            if (output.key().equals(key)) {
                return output;
            }
        }
        throw new RequestException("output: expected new, replace or append, found " + key);
    }
}
