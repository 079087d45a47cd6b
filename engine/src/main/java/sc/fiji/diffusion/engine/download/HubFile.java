package sc.fiji.diffusion.engine.download;

import sc.fiji.diffusion.engine.hub.HubPath;

/**
 * A file of a repository.
 *
 * @param path in the repository, with slashes, fit for every system
 * @param size in bytes
 * @param hash of its content
 */
public record HubFile(String path, long size, ContentHash hash) {

    public HubFile {
        HubPath.require(path);
        if (size < 0) {
            throw new IllegalArgumentException(path + ": expected a size of 0 bytes or more, found " + size);
        }
    }

    /** The folder that it is in, ending in a slash; empty for the topmost. */
    String folder() {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** Without the folder. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
