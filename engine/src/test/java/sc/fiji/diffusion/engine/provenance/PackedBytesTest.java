package sc.fiji.diffusion.engine.provenance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PackedBytesTest {

    @Property(tries = 300)
    void bytesComeBackAsTheyWere(@ForAll @Size(max = 20_000) byte[] bytes) {
        assertArrayEquals(
                bytes, PackedBytes.unpack(PackedBytes.pack(bytes), bytes.length).orElseThrow());
    }

    @Property(tries = 300)
    void anyTextIsTakenOrRefusedWithoutFault(@ForAll String text) {
        PackedBytes.unpack(text, 100).ifPresent(bytes -> assertTrue(bytes.length <= 100));
    }

    @Test
    void moreThanThereMayBeIsRefusedThoughItIsPackedTight() {
        String zeros = PackedBytes.pack(new byte[1 << 20]);
        assertEquals(Optional.empty(), PackedBytes.unpack(zeros, (1 << 20) - 1));
        assertEquals(1 << 20, PackedBytes.unpack(zeros, 1 << 20).orElseThrow().length);
    }

    @Test
    void aStreamThatIsCutOrFollowedBySomethingIsRefused() {
        byte[] packed = Base64.getDecoder().decode(PackedBytes.pack(new byte[] {1, 2, 3}));
        byte[] longer = Arrays.copyOf(packed, packed.length + 1);
        byte[] cut = Arrays.copyOf(packed, packed.length - 5);
        assertEquals(Optional.empty(), PackedBytes.unpack(Base64.getEncoder().encodeToString(longer), 10));
        assertEquals(Optional.empty(), PackedBytes.unpack(Base64.getEncoder().encodeToString(cut), 10));
    }
}
