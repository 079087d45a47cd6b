package sc.fiji.diffusion.form;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HelpTextTest {

    @Test
    void aFieldIsDescribedByWholeSentencesThatFitIntoTwoLines() {
        String html =
                "<dl><dt><b>A, B</b> (<tt>first</tt>, <tt>second</tt>)</dt>\n<dd>One &lt;i&gt; <i>two</i>.\n Three: four,"
                        + " which is so long that it would not fit into the two lines of the dialog that there are, whoever reads"
                        + " them, and goes on. Five.</dd></dl>";
        assertEquals(
                Map.of("first", "One <i> two. Three.", "second", "One <i> two. Three."), HelpText.descriptions(html));
    }

    @Test
    void whatOnlyTheTextNamesIsDescribedByIt() {
        String html = "<dt>(<tt>hint</tt>)</dt><dd>Edges from (<tt>low</tt>) to (<tt>scale</tt>).</dd>"
                + "<dt>(<tt>scale</tt>)</dt><dd>How strongly &#9656; &amp;.</dd>";
        assertEquals(
                Map.of(
                        "hint", "Edges from (low) to (scale).",
                        "low", "Edges from (low) to (scale).",
                        "scale", "How strongly ▸ &."),
                HelpText.descriptions(html));
    }
}
