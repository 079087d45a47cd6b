package sc.fiji.diffusion.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.swing.JFileChooser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelChooserTest {

    @TempDir
    private Path folder;

    @Test
    void foldersAndSingleFilesCanBePicked() {
        JFileChooser chooser = ModelChooser.chooser("micrograph");
        assertTrue(chooser.isDirectorySelectionEnabled() && chooser.isFileSelectionEnabled());
        assertTrue(chooser.accept(folder.toFile()));
        assertTrue(chooser.accept(folder.resolve("model.Safetensors").toFile()));
        assertFalse(chooser.accept(folder.resolve("model.ckpt").toFile()));
    }

    @Test
    void itOpensWhereTheModelBeforeLies() throws IOException {
        Path file = Files.createFile(folder.resolve("model.safetensors"));
        assertEquals(folder.toFile(), ModelChooser.chooser(file.toString()).getCurrentDirectory());
    }
}
