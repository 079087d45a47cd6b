package sc.fiji.diffusion.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.RequestException;

class FormTest {

    private static final Field TEXT = new Field.Text("text", "Text");
    private static final Field FLAG = new Field.Flag("flag", "Flag");

    private static Form.Section section(String... row) {
        return new Form.Section("", List.of(List.of(row)));
    }

    @Test
    void aFreeTextBeforeAnotherFieldIsRefused() {
        List<Form.Section> both = List.of(section("text", "flag"));
        assertEquals(List.of("flag", "text"), new Form("A...", List.of(FLAG, TEXT), both).keys());
        assertThrows(IllegalArgumentException.class, () -> new Form("A...", List.of(TEXT, FLAG), both));
    }

    @Test
    void everyFieldIsShownOnce() {
        assertThrows(
                IllegalArgumentException.class, () -> new Form("A...", List.of(FLAG, TEXT), List.of(section("flag"))));
        assertThrows(
                IllegalArgumentException.class, () -> new Form("A...", List.of(FLAG, FLAG), List.of(section("flag"))));
        assertEquals(
                2,
                new Form("A...", List.of(FLAG, TEXT), List.of(section("text"), section("flag")))
                        .sections()
                        .size());
    }

    @Test
    void numbersMayBeWrittenWithAPointWhereTheyAreWhole() {
        FieldValues values = FieldValues.none().with("steps", "25.0").with("guidance", " 7.5");
        assertEquals(25, values.wholeInt("steps"));
        assertEquals(7.5, values.number("guidance"));
    }

    @Test
    void aLargeNumberThatLacksDigitsIsNotTakenForAnother() {
        FieldValues values = FieldValues.none().with("seed", "3.1235E9").with("large", "3123456789");
        RequestException e = assertThrows(RequestException.class, () -> values.wholeNumber("seed"));
        assertEquals(
                "seed: expected a whole number with all its digits, as d2s(seed, 0) writes it in a macro, found \"3.1235E9\"",
                e.getMessage());
        assertEquals(3123456789L, values.wholeNumber("large"));
    }

    @Test
    void whatIsNoNumberIsNamedWithItsField() {
        FieldValues values = FieldValues.none().with("steps", "many").with("seed", "1.5");
        RequestException e = assertThrows(RequestException.class, () -> values.wholeInt("steps"));
        assertEquals("steps: expected a whole number, found \"many\"", e.getMessage());
        assertThrows(RequestException.class, () -> values.wholeNumber("seed"));
        assertThrows(RequestException.class, () -> values.number("nothing"));
    }
}
