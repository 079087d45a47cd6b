package sc.fiji.diffusion.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the design, held by the build. */
class ArchitectureTest {

    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("sc.fiji.diffusion.engine");

    @Test
    void theEngineKnowsNothingOfImageJOrSciJava() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ij..", "org.scijava..", "net.imagej..")
                .check(ENGINE);
    }

    @Test
    void onlyRuntimeKnowsOnnxRuntime() {
        onlyPackagesKnow(List.of("..engine.runtime.."), "ai.onnxruntime..").check(ENGINE);
    }

    @Test
    void onlyThoseThatWriteOrReadOnnxFilesKnowTheFormat() {
        onlyPackagesKnow(
                        List.of("..engine.graph..", "..engine.runtime..", "..engine.checkpoint.onnx.."),
                        "ai.onnx.proto..",
                        "com.google.protobuf..")
                .check(ENGINE);
    }

    @Test
    void onlyTheCommandLineKnowsPicocli() {
        onlyPackagesKnow(List.of("..engine.cli.."), "picocli..").check(ENGINE);
    }

    @Test
    void onlyTheWorkerKnowsAppose() {
        onlyPackagesKnow(List.of("..engine.worker.."), "org.apposed..", "com.sun.jna..", "groovy..")
                .check(ENGINE);
    }

    @Test
    void onlyTheFetchingOfCudaKnowsMaven() {
        onlyPackagesKnow(List.of("..engine.cuda.."), "org.eclipse.aether..", "org.apache.maven..", "org.apache.http..")
                .check(ENGINE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("sc.fiji.diffusion.engine.(*)..")
                .should()
                .beFreeOfCycles()
                .check(ENGINE);
    }

    @Test
    void noPackageIsCalledUtil() {
        classes()
                .should()
                .resideOutsideOfPackages("..util..", "..utils..", "..helper..", "..misc..")
                .check(ENGINE);
    }

    @Test
    void exceptionsAreOfOneFamily() {
        classes()
                .that()
                .areAssignableTo(Throwable.class)
                .should()
                .beAssignableTo(DiffusionException.class)
                .check(ENGINE);
    }

    @Test
    void everyPackageTellsItsStory() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            List<Path> silent = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .toList();
            assertEquals(List.of(), silent, "packages without a package-info.java");
        }
    }

    private static ArchRule onlyPackagesKnow(List<String> packages, String... library) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages.toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library);
    }
}
