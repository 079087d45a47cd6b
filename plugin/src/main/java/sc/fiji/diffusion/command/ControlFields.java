package sc.fiji.diffusion.command;

import ij.ImagePlus;
import ij.WindowManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.hub.ModelKind;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.Form;
import sc.fiji.diffusion.hint.Control;
import sc.fiji.diffusion.hint.ControlSource;
import sc.fiji.diffusion.hint.Hint;
import sc.fiji.diffusion.hint.HintMaker;

/** The fields that steer by a ControlNet. Macros rely on the keys: they never change. */
final class ControlFields {

    static final String CONTROLNET = "controlnet";
    static final String HINT = "hint";
    static final String EDGE_LOW = "edgelow";
    static final String EDGE_HIGH = "edgehigh";
    static final String SCALE = "controlscale";
    static final String START = "controlstart";
    static final String END = "controlend";
    static final String CONTROL_IMAGE = "controlimage";

    static final Field.Choice HINT_FIELD = new Field.Choice(
            HINT,
            "Control by",
            Stream.of(Hint.values())
                    .map(hint -> new Field.Option(hint.key(), hint.label()))
                    .toList());

    static final Field CONTROLNET_FIELD = new Field.Model(CONTROLNET, "ControlNet", ModelKind.CONTROLNET);
    static final Field EDGE_LOW_FIELD = new Field.Numeric(EDGE_LOW, "Low threshold", "");
    static final Field EDGE_HIGH_FIELD = new Field.Numeric(EDGE_HIGH, "High threshold", "(edges)");
    static final Field SCALE_FIELD = new Field.Numeric(SCALE, "Control scale", "");
    static final Field START_FIELD = new Field.Numeric(START, "from", "");
    static final Field END_FIELD = new Field.Numeric(END, "to", "of the steps");
    static final Field CONTROL_IMAGE_FIELD = new Field.Text(CONTROL_IMAGE, "Control image");

    static final Form.Section SECTION = new Form.Section(
            "ControlNet (leave empty to do without)",
            List.of(
                    List.of(CONTROLNET),
                    List.of(CONTROL_IMAGE),
                    List.of(HINT),
                    List.of(EDGE_LOW, EDGE_HIGH),
                    List.of(SCALE, START, END)));

    /** Without a ControlNet. */
    static final FieldValues DEFAULTS = new FieldValues(Map.of(
            CONTROLNET,
            "",
            HINT,
            Hint.AS_IS.key(),
            EDGE_LOW,
            Double.toString(HintMaker.DEFAULT_LOW),
            EDGE_HIGH,
            Double.toString(HintMaker.DEFAULT_HIGH),
            SCALE,
            "1",
            START,
            "0",
            END,
            "1",
            CONTROL_IMAGE,
            ""));

    private ControlFields() {}

    /**
     * The control that complete values ask for; empty where no ControlNet is named.
     *
     * @param active the active image, or null
     * @throws RequestException if there is no such image, or nothing in it to steer by
     */
    static Optional<Control> control(FieldValues values, ImagePlus active) {
        String controlNet = values.text(CONTROLNET).strip();
        if (controlNet.isEmpty()) {
            return Optional.empty();
        }
        requireControlNet(controlNet);
        String title = values.text(CONTROL_IMAGE).strip();
        ImagePlus image = title.isEmpty() ? active : WindowManager.getImage(title);
        if (image == null || image.getProcessor() == null) {
            throw new RequestException(CONTROL_IMAGE + ": expected the title of an open image, found "
                    + (title.isEmpty() ? "none open" : title));
        }
        HintMaker maker = new HintMaker(hint(values), values.number(EDGE_LOW), values.number(EDGE_HIGH));
        maker.requireSuits(image);
        return Optional.of(new Control(
                controlNet,
                maker,
                title.isEmpty()
                        ? new ControlSource.EachSlice(image, image.getC())
                        : new ControlSource.ShownSlice(image),
                values.number(SCALE),
                values.number(START),
                values.number(END)));
    }

    /** Without a ControlNet, what would steer it plays no part. */
    static FieldValues recorded(FieldValues values) {
        return values.text(CONTROLNET).isBlank()
                ? values.without(DEFAULTS.texts().keySet())
                : values;
    }

    private static Hint hint(FieldValues values) {
        return Hint.of(HINT_FIELD.option(values.text(HINT)).name()).orElseThrow();
    }

    /** Reads no more than its configuration and the header of its weights. */
    private static void requireControlNet(String path) {
        ControlNetCheckpoint.open(Models.locate(path));
    }
}
