package sc.fiji.diffusion;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules that the plugin's packages live by. */
class ArchitectureTest {

    private static final String SCIJAVA_FACE = "sc.fiji.diffusion.scijava..";

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                // The engine has rules of its own.
                .withImportOption(location -> !location.contains("sc/fiji/diffusion/engine/"))
                .importPackages("sc.fiji.diffusion");
    }

    @Test
    void onlyTheScijavaPackageTouchesSciJava() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SCIJAVA_FACE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.scijava..", SCIJAVA_FACE)
                .check(classes);
    }

    @Test
    void jobsKnowNothingOfImageJ() {
        noClasses()
                .that()
                .resideInAPackage("sc.fiji.diffusion.job..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ij..")
                .check(classes);
    }

    @Test
    void onlyTheEngineTouchesOnnxRuntime() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..")
                .check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("sc.fiji.diffusion.(*)..").should().beFreeOfCycles().check(classes);
    }
}
