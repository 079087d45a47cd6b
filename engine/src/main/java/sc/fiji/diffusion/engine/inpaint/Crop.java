package sc.fiji.diffusion.engine.inpaint;

import sc.fiji.diffusion.engine.RequestException;

/** How much of the picture the model sees. */
public sealed interface Crop {

    /** All of it, in its own size. */
    record Off() implements Crop {}

    /** The selection with as much of its surroundings as suits its size. */
    record Auto() implements Crop {}

    /**
     * The selection with that much of its surroundings.
     *
     * @param pixels of the picture, on every side beyond the widened mask, 0 or more
     */
    record Padding(int pixels) implements Crop {
        public Padding {
            if (pixels < 0) {
                throw new RequestException("crop: expected off, auto, or 0 or more pixels, found " + pixels);
            }
        }
    }

    /** As {@link #parse} reads it. */
    default String typed() {
        if (this instanceof Padding padding) {
            return Integer.toString(padding.pixels());
        }
        return this instanceof Off ? "off" : "auto";
    }

    /** {@code off}, {@code auto} or a number of pixels. */
    static Crop parse(String text) {
        return switch (text) {
            case "off" -> new Off();
            case "auto" -> new Auto();
            default -> {
                try {
                    yield new Padding(Integer.parseInt(text));
                } catch (NumberFormatException e) {
                    throw new RequestException("crop: expected off, auto, or a number of pixels, found " + text, e);
                }
            }
        };
    }
}
