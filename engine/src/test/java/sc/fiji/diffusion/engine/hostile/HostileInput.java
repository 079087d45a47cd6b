package sc.fiji.diffusion.engine.hostile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A file (or text) that others made, as one reader of the product meets it: what it looks like whole, and broken. */
interface HostileInput {

    /** What it is, for the names of tests. */
    String name();

    /** Where the reader looks for it, relative to a folder of its own. */
    String file();

    /** Lays what else the reader wants into the empty folder. */
    default void surround(Path folder) throws IOException {}

    /** Whole files, by a word on them: the reader takes them, and the fuzzer begins with them. */
    Map<String, byte[]> whole();

    /** Broken files, by what is wrong with them: the reader refuses each. */
    Map<String, byte[]> broken();

    /** Has the product read it. */
    void read(Path folder);

    /** Bytes that reading may allocate, on a Java heap that has all classes loaded already. */
    default long mostAllocated(long fileSize) {
        return (16L << 20) + 100 * fileSize;
    }
}
