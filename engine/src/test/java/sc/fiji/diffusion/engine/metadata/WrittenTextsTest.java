package sc.fiji.diffusion.engine.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.Provenances;
import sc.fiji.diffusion.engine.provenance.Task;
import sc.fiji.diffusion.engine.provenance.Texts;

/** Whatever the prompts are, others can read what is written. */
class WrittenTextsTest {

    private static Provenance made(String prompt, String negative) {
        Provenance full = Provenances.full().withTask(new Task.TextToImage());
        return new Provenance(
                full.task(),
                new Texts(prompt, negative, PromptSyntax.WEIGHTED, 0),
                full.sampling(),
                full.model(),
                full.source(),
                full.image(),
                full.resultSha256(),
                full.watermark(),
                full.computation(),
                full.created());
    }

    @Property
    void parametersGiveThePromptsBack(@ForAll String prompt, @ForAll String negative) {
        Provenance made = made(prompt, negative);
        Provenance read = WebuiParameters.read(
                        WebuiParameters.write(made), made.sampling().size())
                .orElseThrow();
        assertEquals(prompt.strip(), read.prompt());
        assertEquals(negative.strip(), read.texts().negativePrompt());
        assertEquals(made.seed(), read.seed());
    }

    @Property
    void xmpIsWellFormed(@ForAll String prompt) {
        assertTrue(Xmp.sourceType(Xmp.packet(History.NONE.and(made(prompt, ""))))
                .orElseThrow()
                .endsWith("/trainedAlgorithmicMedia"));
    }
}
