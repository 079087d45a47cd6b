package sc.fiji.diffusion.command;

import java.util.List;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.Form;

/** The keys of Models, which people meet as a window. Macros rely on the keys: they never change. */
final class ModelsForm {

    static final String ACTION = "action";
    static final String MODEL = "model";
    static final String NAME = "name";
    static final String PRECISION = "precision";
    static final String FILE = "file";
    static final String ACCEPT = "accept";

    static final String LIST = "list";
    static final String GET = "get";
    static final String ADD = "add";
    static final String INFO = "info";
    static final String REMOVE = "remove";

    static final Field.Choice ACTION_FIELD = new Field.Choice(
            ACTION,
            "Action",
            List.of(
                    new Field.Option(LIST, "List the models in the Log"),
                    new Field.Option(GET, "Download a model"),
                    new Field.Option(ADD, "Give a name to a folder or file"),
                    new Field.Option(INFO, "Describe a model in the Log"),
                    new Field.Option(REMOVE, "Remove a model")));

    static final Form FORM = new Form(
            "Models...",
            List.of(
                    ACTION_FIELD,
                    new Field.Model(MODEL, "Model"),
                    new Field.ShortText(NAME, "Name"),
                    new Field.ShortText(PRECISION, "Precision"),
                    new Field.ShortText(FILE, "File"),
                    new Field.Flag(ACCEPT, "I accept the model's licence")),
            List.of(new Form.Section(
                    "",
                    List.of(
                            List.of(ACTION),
                            List.of(MODEL),
                            List.of(NAME),
                            List.of(PRECISION, FILE),
                            List.of(ACCEPT)))));

    private ModelsForm() {}
}
