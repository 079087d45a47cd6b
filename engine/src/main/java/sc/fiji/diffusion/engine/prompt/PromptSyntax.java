package sc.fiji.diffusion.engine.prompt;

import java.util.List;

/** How the text of a prompt is read. */
public enum PromptSyntax {
    /** With weights and {@code BREAK}, as AUTOMATIC1111's webui reads it. */
    WEIGHTED {
        @Override
        public Prompt parse(String text) {
            return new WeightedPromptParser(text).parse();
        }
    },
    /** Every sign is text, as in diffusers. */
    PLAIN {
        @Override
        public Prompt parse(String text) {
            return new Prompt(text.isEmpty() ? List.of() : List.of(new Prompt.Text(text, 1)));
        }
    };

    /** Reads any text: what is no sign of the grammar is text. */
    public abstract Prompt parse(String text);
}
