package sc.fiji.diffusion.command;

import ij.ImagePlus;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.Form;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.stack.StackPart;

/** The fields that say which part of an open image a command works on, and which of its values the model sees. */
final class StackFields {

    static final String VARY = "vary";
    static final String RANGE = "range";
    static final String MIN = "min";
    static final String MAX = "max";
    static final String SLICES = "slices";
    static final String CHANNELS = "channels";
    static final String FRAMES = "frames";

    static final Field VARY_FIELD = new Field.Flag(VARY, "Other noise in each slice");
    static final Field.Choice RANGE_FIELD = new Field.Choice(
            RANGE,
            "Values",
            List.of(
                    new Field.Option(ValueRange.DISPLAY, "Display range"),
                    new Field.Option(ValueRange.MIN_MAX, "Minimum to maximum"),
                    new Field.Option(ValueRange.GIVEN, "As given")));
    static final Field MIN_FIELD = new Field.Numeric(MIN, "From", "");
    static final Field MAX_FIELD = new Field.Numeric(MAX, "To", "(if given)");
    static final Field SLICES_FIELD = new Field.ShortText(SLICES, "Slices");
    static final Field CHANNELS_FIELD = new Field.ShortText(CHANNELS, "Channels");
    static final Field FRAMES_FIELD = new Field.ShortText(FRAMES, "Frames");

    /** Which of the values the model sees, as rows of a dialog. */
    static final List<List<String>> VALUE_ROWS = List.of(List.of(RANGE, MIN, MAX), List.of(VARY));

    /** All of them. */
    static final Form.Section SECTION = new Form.Section(
            "Part of a stack (current, all, or numbers such as 2-5,7), and its values",
            Stream.concat(Stream.of(List.of(SLICES, CHANNELS, FRAMES)), VALUE_ROWS.stream())
                    .toList());

    static final FieldValues DEFAULTS = new FieldValues(Map.of(
            VARY,
            FieldValues.NO,
            RANGE,
            ValueRange.DISPLAY,
            MIN,
            "0",
            MAX,
            "255",
            SLICES,
            "current",
            CHANNELS,
            "current",
            FRAMES,
            "current"));

    private StackFields() {}

    static StackPart part(FieldValues values, ImagePlus image) {
        return StackPart.of(image, values.text(SLICES), values.text(CHANNELS), values.text(FRAMES));
    }

    static ValueRange range(FieldValues values) {
        String name = RANGE_FIELD.option(values.text(RANGE)).name();
        return ValueRange.named(name, () -> values.number(MIN), () -> values.number(MAX));
    }
}
