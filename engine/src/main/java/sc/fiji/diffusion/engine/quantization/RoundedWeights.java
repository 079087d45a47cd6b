package sc.fiji.diffusion.engine.quantization;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.checkpoint.Weights;
import sc.fiji.diffusion.engine.safetensors.DType;

/**
 * The rounded matrices of one network, in one file. Matrices get their places in the order in which they are asked for;
 * {@link #write} makes the file, unless an earlier run has. Used once; not thread-safe.
 */
public final class RoundedWeights {

    /** Of every tensor in the file. */
    private static final int ALIGNMENT = 64;

    private final Path file;
    private final Map<WeightTensor, RoundedWeight> places = new LinkedHashMap<>();
    private long length;

    private RoundedWeights(Path file) {
        this.file = file;
    }

    /** Those of weights that are in files. */
    public static RoundedWeights of(Weights weights) {
        return new RoundedWeights(RoundedFiles.place(weights.files()));
    }

    /**
     * Where a layer's matrix will lie once {@link #write} was called.
     *
     * @param weight {@code [out, in]}, or {@code [out, in, h, w]} of a convolution, whose matrix is {@code [h·w·in, out]}
     */
    public RoundedWeight of(WeightTensor weight) {
        return places.computeIfAbsent(weight, this::next);
    }

    private RoundedWeight next(WeightTensor weight) {
        int out = weight.shape().get(0);
        int rows = Math.toIntExact(weight.count() / out);
        WeightTensor values = tensor(weight.name() + ".int8", DType.I8, weight.count(), List.of(rows, out));
        WeightTensor scale = tensor(weight.name() + ".int8_scale", DType.F32, (long) out * Float.BYTES, List.of(out));
        return new RoundedWeight(values, scale);
    }

    private WeightTensor tensor(String name, DType type, long bytes, List<Integer> shape) {
        WeightTensor tensor = new WeightTensor(name, file, length, bytes, type, shape);
        length += (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return tensor;
    }

    /**
     * Makes the file, if it is not there: whole or not at all.
     *
     * @throws EngineException if it can't be written
     */
    public void write() {
        try {
            byte[] layout = layout();
            if (isComplete(layout)) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                return;
            }
            Files.createDirectories(file.getParent());
            RoundedFiles.requireSpace(file, length);
            Path temporary = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
            try {
                writeTo(temporary, layout);
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException | UncheckedIOException failed) {
            throw new EngineException(file + ": expected room for weights in 8 bits, found " + failed, failed);
        }
        removeOld();
    }

    private void removeOld() {
        try {
            RoundedFiles.removeOld(file);
        } catch (IOException | UncheckedIOException inUse) {
            // By another process, which may have removed it too; the new file is whole.
        }
    }

    /** What the file ends with: a hash of which matrix lies where. */
    private byte[] layout() {
        StringBuilder text = new StringBuilder();
        places.forEach((weight, place) -> text.append(weight.name())
                .append(' ')
                .append(weight.shape())
                .append(' ')
                .append(place.values().offset())
                .append('\n'));
        return RoundedFiles.hash(text.toString());
    }

    private boolean isComplete(byte[] layout) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != length + layout.length) {
            return false;
        }
        ByteBuffer found = ByteBuffer.allocate(layout.length);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (found.hasRemaining() && channel.read(found, length + found.position()) >= 0) {
                // until the end of the file
            }
        }
        return Arrays.equals(found.array(), layout);
    }

    private void writeTo(Path path, byte[] layout) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            for (Map.Entry<WeightTensor, RoundedWeight> entry : new ArrayList<>(places.entrySet())) {
                RoundedMatrix matrix = RoundedMatrix.of(entry.getKey());
                RoundedWeight place = entry.getValue();
                write(channel, matrix.values(), place.values().offset());
                ByteBuffer scales = ByteBuffer.allocate(matrix.scales().length * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
                scales.asFloatBuffer().put(matrix.scales());
                write(channel, scales, place.scale().offset());
            }
            write(channel, ByteBuffer.wrap(layout), length);
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
        long next = offset;
        while (bytes.hasRemaining()) {
            next += channel.write(bytes, next);
        }
    }
}
