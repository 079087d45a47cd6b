package sc.fiji.diffusion.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ij.IJ;
import ij.ImagePlus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.RequestException;

class StackPartTest {

    private static final int CHANNELS = 2;
    private static final int SLICES = 3;
    private static final int FRAMES = 4;

    private final ImagePlus stack = IJ.createImage("stack", "8-bit", 8, 8, 5);
    private final ImagePlus hyperstack = IJ.createHyperStack("hyperstack", 8, 8, CHANNELS, SLICES, FRAMES, 8);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "current; 2",
                "all; 1 2 3 4 5",
                "All; 1 2 3 4 5",
                "3; 3",
                "2-4; 2 3 4",
                "2-2; 2",
                " 4 , 1 - 2 ; 1 2 4",
                "3-5,1-4; 1 2 3 4 5",
                "1-5-2; 1 3 5",
                "2-5-999999999; 2"
            })
    void slicesComeInTheirOrderEachOnce(String text, String expected) {
        stack.setSlice(2);
        assertEquals(expected, indexes(new StackPart.Slices(AxisPart.of(text)).positions(stack)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7-9",
                "0",
                "6",
                "5-2",
                "1-999999999",
                "2-4-0",
                "1,,2",
                "1,",
                "-3",
                "2-",
                "1-2-3-4",
                "one",
                "1.5",
                "1;2",
                "99999999999"
            })
    void whatIsMalformedOrOutOfRangeIsRefused(String text) {
        assertEquals(
                "slices: expected numbers from 1 to 5 such as 2-4, found " + text,
                refusal(new StackPart.Slices(AxisPart.of(text)), stack));
    }

    @Test
    void anEmptyRangeIsRefused() {
        assertEquals(
                "slices: expected numbers from 1 to 5 such as 2-4, found none",
                refusal(new StackPart.Slices(AxisPart.of(" ")), stack));
        assertEquals(
                "1", indexes(new StackPart.Slices(AxisPart.of("1")).positions(IJ.createImage("", "8-bit", 8, 8, 1))));
        assertEquals(
                "slices: expected 1, found 2",
                refusal(new StackPart.Slices(AxisPart.of("2")), IJ.createImage("", "8-bit", 8, 8, 1)));
    }

    @Test
    void everyExampleOfAMessageCanBeTyped() {
        for (int count = 2; count < 20; count++) {
            int slices = count;
            String message = assertThrows(
                            RequestException.class, () -> AxisPart.of("x").numbers("slices", 1, slices))
                    .getMessage();
            String example = message.replaceAll(".* such as (.*), found x", "$1");
            assertEquals(false, AxisPart.of(example).numbers("slices", 1, count).isEmpty(), message);
        }
    }

    @Test
    void positionsOfAHyperstackAreImageJs() {
        List<StackPosition> positions = new StackPart.Slices(AxisPart.ALL).positions(hyperstack);
        assertEquals(CHANNELS * SLICES * FRAMES, positions.size());
        for (StackPosition position : positions) {
            hyperstack.setPosition(position.channel(), position.slice(), position.frame());
            assertEquals(hyperstack.getCurrentSlice(), position.stackIndex(), position::toString);
        }
        assertEquals(
                positions, new StackPart.Hyperstack(AxisPart.ALL, AxisPart.ALL, AxisPart.ALL).positions(hyperstack));
    }

    @Test
    void axesAreChosenOneByOne() {
        hyperstack.setPosition(2, 3, 1);
        StackPart part = new StackPart.Hyperstack(AxisPart.CURRENT, AxisPart.of("1,3"), AxisPart.of("2-3"));
        List<String> found = new ArrayList<>();
        for (StackPosition position : part.positions(hyperstack)) {
            found.add(position.channel() + " " + position.slice() + " " + position.frame());
            assertEquals(
                    hyperstack.getStackIndex(position.channel(), position.slice(), position.frame()),
                    position.stackIndex(),
                    position::toString);
        }
        assertEquals(List.of("2 1 2", "2 3 2", "2 1 3", "2 3 3"), found);
    }

    @Test
    void eachAxisIsRefusedByItsName() {
        AxisPart five = AxisPart.of("5");
        assertEquals(
                "channels: expected numbers from 1 to 2 such as 1-2, found 5",
                refusal(new StackPart.Hyperstack(five, AxisPart.ALL, AxisPart.ALL), hyperstack));
        assertEquals(
                "slices: expected numbers from 1 to 3 such as 2-3, found 5",
                refusal(new StackPart.Hyperstack(AxisPart.ALL, five, AxisPart.ALL), hyperstack));
        assertEquals(
                "frames: expected numbers from 1 to 4 such as 2-3, found 5",
                refusal(new StackPart.Hyperstack(AxisPart.ALL, AxisPart.ALL, five), hyperstack));
    }

    @Test
    void thePlaneOfACompositeHasAllItsChannelsUnlessSomeAreChosen() {
        hyperstack.setPosition(2, 3, 1);
        StackPlane shown =
                new StackPart.Slices(AxisPart.CURRENT).planes(hyperstack).get(0);
        assertEquals(3, shown.slice());
        assertEquals(1, shown.frame());
        assertEquals("5 6", indexes(shown.channels()));
        StackPart second = new StackPart.Hyperstack(AxisPart.of("2"), AxisPart.CURRENT, AxisPart.CURRENT);
        assertEquals("6", indexes(second.planes(hyperstack).get(0).channels()));
    }

    @Test
    void planesOfAWholeCompositeHoldEverySliceOnce() {
        List<StackPlane> planes = new StackPart.Slices(AxisPart.ALL).planes(hyperstack);
        assertEquals(SLICES * FRAMES, planes.size());
        List<Integer> indexes = planes.stream()
                .flatMap(plane -> plane.channels().stream())
                .map(StackPosition::stackIndex)
                .toList();
        assertEquals(
                IntStream.rangeClosed(1, CHANNELS * SLICES * FRAMES).boxed().toList(), indexes);
        assertEquals(planes, new StackPart.Hyperstack(AxisPart.ALL, AxisPart.ALL, AxisPart.ALL).planes(hyperstack));
    }

    private static String refusal(StackPart part, ImagePlus image) {
        return assertThrows(RequestException.class, () -> part.positions(image)).getMessage();
    }

    private static String indexes(List<StackPosition> positions) {
        return String.join(
                " ",
                positions.stream()
                        .map(position -> Integer.toString(position.stackIndex()))
                        .toList());
    }
}
