package sc.fiji.diffusion.engine.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.RequestException;

class LoraTagsTest {

    @ParameterizedTest
    @CsvSource({
        "<lora:ink>, ink, 1, 1",
        "<lora:ink:0.8>, ink, 0.8, 0.8",
        "<lora:ink:-0.8:0.5>, ink, 0.5, -0.8",
        "<LoRA:my ink v1.2:1e-1>, my ink v1.2, 0.1, 0.1",
        "<lora:ink:te=0.5:unet=2>, ink, 2, 0.5",
        "<lora:ink:te=0.5>, ink, 0.5, 0.5",
        "<lora:ink:unet=0.5>, ink, 0.5, 1",
        "<lora:ink: 0 >, ink, 0, 0",
    })
    void aTagNamesALoraAndItsStrengths(String tag, String name, double unet, double textEncoder) {
        LoraTags tags = LoraTags.of("a cell " + tag + ", green");
        assertEquals("a cell , green", tags.text());
        assertEquals(List.of(new LoraTags.Tag(name, unet, textEncoder)), tags.tags());
    }

    @Test
    void severalTagsAreTakenInTheirOrder() {
        LoraTags tags = LoraTags.of("<lora:b:1><lora:a:2>x");
        assertEquals("x", tags.text());
        assertEquals(
                List.of("b", "a"), tags.tags().stream().map(LoraTags.Tag::name).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " two  blanks ", "(a:1.2) <cat-toy> b<c", "<lora", "lora:a:1>"})
    void aTextWithoutTagsStaysAsItIs(String prompt) {
        assertEquals(new LoraTags(prompt, List.of()), LoraTags.of(prompt));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<lora:>", "<lora: :1>", "<lora:a:b>", "<lora:a:>", "<lora:a:1:2:3>", "<lora:a:te=1:te=2>"})
    void aTagThatMakesNoSenseIsQuoted(String tag) {
        RequestException e = assertThrows(RequestException.class, () -> LoraTags.of("x " + tag));
        assertEquals(
                "prompt: expected <lora:name>, <lora:name:strength> or <lora:name:text encoder:unet>, found " + tag,
                e.getMessage());
    }
}
