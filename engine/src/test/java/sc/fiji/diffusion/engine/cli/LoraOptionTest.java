package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.engine.RequestException;

class LoraOptionTest {

    @ParameterizedTest
    @CsvSource({
        "x.safetensors, x.safetensors, 1, 1",
        "x.safetensors:0.8, x.safetensors, 0.8, 0.8",
        "x.safetensors:-1, x.safetensors, -1, -1",
        "x.safetensors:.8:0.5, x.safetensors, 0.5, 0.8",
        "C:\\x.safetensors, C:\\x.safetensors, 1, 1",
        "C:\\x.safetensors:0.8, C:\\x.safetensors, 0.8, 0.8",
        "C:\\x.safetensors:0.8:1e-1, C:\\x.safetensors, 0.1, 0.8",
        "/a:b/x.safetensors:2, /a:b/x.safetensors, 2, 2",
        "x:strong, x:strong, 1, 1",
    })
    void numbersAfterThePathAreStrengths(String option, String path, double unet, double textEncoder) {
        assertEquals(new LoraOption(Path.of(path), unet, textEncoder), LoraOption.parse(option));
    }

    @Test
    void nothingIsNoPath() {
        assertThrows(RequestException.class, () -> LoraOption.parse(""));
    }
}
