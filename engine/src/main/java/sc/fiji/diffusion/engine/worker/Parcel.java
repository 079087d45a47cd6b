package sc.fiji.diffusion.engine.worker;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What goes from one process to the other: a text, and the large arrays that it refers to by their numbers. Its parts
 * are the text, which is part 0, and the arrays; a part goes in pieces, each at a position in bytes. Floats have the
 * machine's byte order: both processes run on the same.
 *
 * @param text in UTF-8
 * @param arrays in the order of their numbers; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Parcel(byte[] text, List<float[]> arrays) {

    /**
     * Where a piece belongs.
     *
     * @param part its number
     * @param position in the part, in bytes
     * @param partLength of the whole part, in bytes
     */
    record Piece(int part, long position, long partLength) {}

    int parts() {
        return 1 + arrays.size();
    }

    /** In bytes. */
    long length(int part) {
        return part == 0 ? text.length : (long) Float.BYTES * arrays.get(part - 1).length;
    }

    /** Puts into the buffer as much of a part, from the position on, as there is and as there is room for. */
    Piece put(int part, long position, ByteBuffer target) {
        long length = length(part);
        int count = (int) Math.min(target.remaining(), length - position);
        if (part == 0) {
            target.put(text, (int) position, count);
        } else {
            float[] array = arrays.get(part - 1);
            target.asFloatBuffer().put(array, (int) (position / Float.BYTES), count / Float.BYTES);
            target.position(target.position() + count);
        }
        return new Piece(part, position, length);
    }
}
