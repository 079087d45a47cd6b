package sc.fiji.diffusion.engine.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.Progress.Stage;
import sc.fiji.diffusion.engine.pipeline.Execution;

/** What is made of times, here of whole seconds. */
class LaneReportTest {

    private final List<Section> loading = List.of(section(Stage.LOADING, 0, Stage.LOADING, 1, 5, 0));

    @Test
    void theFirstStepIsThatOfTheFirstImageAndAllOthersAreSteady() {
        LaneReport report = LaneReport.of(Execution.USUAL, loading, List.of(image(9, 3, 4), image(6, 2, 5)));
        assertEquals(9, report.firstStep());
        assertEquals(List.of(3.0, 4.0, 6.0, 2.0, 5.0), report.steadySteps());
        assertEquals(Optional.of(new Spread(4, 2, 6, 5)), report.steadyStep());
        assertEquals(5, report.loading());
        assertEquals(2, report.textEncoding());
        assertEquals(new Spread(7, 7, 7, 2), report.decoding());
    }

    @Test
    void aSingleStepIsNotSteady() {
        LaneReport report = LaneReport.of(Execution.USUAL, loading, List.of(image(9)));
        assertEquals(Optional.empty(), report.steadyStep());
        assertTrue(report.steadyProcessor().isEmpty());
    }

    @Test
    void whatIsNeitherInsideTheRuntimeNorOpeningIsOurs() {
        List<Section> image = new ArrayList<>(image(9, 3));
        image.add(section(Stage.LOADING, 0, Stage.LOADING, 1, 100, 0));
        LaneReport report = LaneReport.of(Execution.USUAL, loading, List.of(image));
        // of 2 + 1 + 9 + 3 + 7 seconds the one between text and steps, and a tenth of each step
        assertEquals((1 + 1.2) / 22, report.outsideShare().median(), 1e-9);
        assertEquals(122, report.image().median(), 1e-9);
    }

    @Test
    void laterSectionsRaiseTheMemoryOfTheirStage() {
        LaneReport report = LaneReport.of(Execution.USUAL, loading, List.of(image(9, 3)));
        assertEquals(5_000, report.peaks().get(Stage.LOADING));
        assertEquals(3_000, report.peaks().get(Stage.DENOISING));
        assertEquals(7_000, report.peaks().get(Stage.DECODING));
    }

    private static List<Section> image(double... steps) {
        List<Section> sections = new ArrayList<>();
        sections.add(section(Stage.ENCODING_TEXT, 0, Stage.ENCODING_TEXT, 1, 2, 2));
        sections.add(section(Stage.ENCODING_TEXT, 1, Stage.DENOISING, 0, 1, 0));
        for (int step = 0; step < steps.length; step++) {
            sections.add(section(Stage.DENOISING, step, Stage.DENOISING, step + 1, steps[step], 0.9 * steps[step]));
        }
        sections.add(section(Stage.DECODING, 0, Stage.DECODING, 1, 7, 7));
        return sections;
    }

    private static Section section(Stage begin, int from, Stage end, int to, double seconds, double inside) {
        return new Section(
                new Section.Point(begin, from),
                new Section.Point(end, to),
                (long) (seconds * 1e9),
                (long) (inside * 1e9),
                (long) (2 * seconds * 1e9),
                (long) (1000 * seconds));
    }
}
