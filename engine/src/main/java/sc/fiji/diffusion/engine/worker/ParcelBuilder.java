package sc.fiji.diffusion.engine.worker;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import sc.fiji.diffusion.engine.EngineException;

/** Puts a parcel together from its pieces, which come in order. */
final class ParcelBuilder {

    private byte[] text = {};
    private final List<float[]> arrays = new ArrayList<>();

    /** Takes all that the buffer holds. */
    void add(Parcel.Piece piece, ByteBuffer source) {
        if (piece.position() == 0) {
            begin(piece);
        }
        if (piece.part() == 0) {
            source.get(text, (int) piece.position(), source.remaining());
        } else {
            float[] array = arrays.get(piece.part() - 1);
            int from = (int) (piece.position() / Float.BYTES);
            source.asFloatBuffer().get(array, from, source.remaining() / Float.BYTES);
        }
    }

    private void begin(Parcel.Piece piece) {
        if (piece.part() == 0) {
            text = new byte[Math.toIntExact(piece.partLength())];
        } else if (piece.part() == arrays.size() + 1) {
            arrays.add(new float[Math.toIntExact(piece.partLength() / Float.BYTES)]);
        } else {
            throw new EngineException("engine: expected part " + (arrays.size() + 1) + ", found " + piece.part());
        }
    }

    Parcel parcel() {
        return new Parcel(text, List.copyOf(arrays));
    }
}
