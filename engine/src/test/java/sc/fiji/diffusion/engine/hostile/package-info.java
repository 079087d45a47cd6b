/**
 * Files from the internet are hostile until they are checked. Here every reader of the engine meets broken ones: those
 * that {@code HostileInput}s write by code ({@code HostileFilesTest}, with every run of the tests), and those that a
 * fuzzer thinks up, guided by which code they reach ({@code *FuzzTest}, with Jazzer). {@code Trial} says what is asked
 * of a reader: the file is taken, or refused with one sentence of a {@code DiffusionException}; and whichever it is,
 * memory is bounded by the file's size, time is bounded, nothing is written, and no file is left open.
 *
 * <p>A new reader needs a {@code HostileInput}: where its file lies, what lies around it, whole files and broken ones,
 * and the call that reads. Add it to {@code HostileFilesTest.inputs}, and to the fuzz test of its kind, or to a new one
 * of three lines: a subclass of {@code ReaderFuzzing} with the inputs that it feeds, its name ending in {@code
 * FuzzTest}.
 *
 * <p>{@code mvn -pl engine verify -Pfuzz} fuzzes each of them for some seconds, as the CI does, and
 * {@code -Dfuzz.duration=30m} for longer; {@code -Dtest=ImageFuzzTest} chooses one. What breaks a reader is written to
 * {@code target/fuzz} as {@code crash-*}: its first byte is the input's index in the fuzz test, the rest the file. Mend
 * the reader, and write the file, by code and as small as it gets, into its {@code HostileInput}. What the fuzzer finds
 * interesting stays in {@code target/fuzz/.cifuzz-corpus}, where a later run begins.
 */
package sc.fiji.diffusion.engine.hostile;
