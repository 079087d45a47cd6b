package sc.fiji.diffusion.engine.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelCatalogTest {

    @Test
    void everyEntryHasANameAndARepositoryOfItsOwn() {
        Set<String> names = new HashSet<>();
        for (CatalogEntry entry : ModelCatalog.entries()) {
            assertTrue(names.add(entry.name()), entry.name());
            assertTrue(names.add(entry.repository().repository()), entry.name());
            assertFalse(entry.name().equals(Models.EMBEDDED), entry.name());
            assertEquals(entry, ModelCatalog.find(entry.name()).orElseThrow());
            assertEquals(entry, ModelCatalog.of(entry.repository()).orElseThrow());
        }
        assertTrue(ModelCatalog.entries().size() >= 8);
    }
}
