package sc.fiji.diffusion.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.GraphicsEnvironment;
import java.awt.PopupMenu;
import java.awt.event.ActionEvent;
import java.awt.event.ActionListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.hub.AddedModels;
import sc.fiji.diffusion.engine.hub.HuggingFaceCache;
import sc.fiji.diffusion.engine.hub.ModelKind;
import sc.fiji.diffusion.engine.hub.SettingsFolder;

/** The models that a field offers. */
class ModelMenuTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void addAModelAndAControlNet() throws IOException {
        System.setProperty(SettingsFolder.PROPERTY, folder.resolve("settings").toString());
        System.setProperty(HuggingFaceCache.PROPERTY, folder.resolve("hub").toString());
        AddedModels.add("mine", Files.writeString(folder.resolve("mine.safetensors"), "weights"));
        Path edges = Files.createDirectories(folder.resolve("edges"));
        Files.writeString(edges.resolve("config.json"), "{\"_class_name\": \"ControlNetModel\"}");
        Files.writeString(edges.resolve("diffusion_pytorch_model.safetensors"), "weights");
        AddedModels.add("edges", edges);
    }

    @AfterEach
    void forget() {
        System.clearProperty(SettingsFolder.PROPERTY);
        System.clearProperty(HuggingFaceCache.PROPERTY);
    }

    @Test
    void aFieldOffersTheModelsOfItsKind() {
        assertEquals(List.of("micrograph", "mine"), ModelMenu.names(ModelKind.PIPELINE));
        assertEquals(List.of("edges", "mine"), ModelMenu.names(ModelKind.CONTROLNET));
    }

    @Test
    void whatIsChosenIsTold() {
        assumeFalse(GraphicsEnvironment.isHeadless(), "a menu needs a display");
        List<String> chosen = new ArrayList<>();
        PopupMenu menu = ModelMenu.menu(List.of("one", "two"), chosen::add);
        for (ActionListener listener : menu.getItem(1).getActionListeners()) {
            listener.actionPerformed(new ActionEvent(menu.getItem(1), ActionEvent.ACTION_PERFORMED, "two"));
        }
        assertEquals(List.of("two"), chosen);
        assertFalse(ModelMenu.menu(List.of(), chosen::add).getItem(0).isEnabled());
    }
}
