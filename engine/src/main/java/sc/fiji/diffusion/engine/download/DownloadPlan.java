package sc.fiji.diffusion.engine.download;

import java.util.List;
import sc.fiji.diffusion.engine.hub.HubName;

/**
 * What a download will fetch, before it does.
 *
 * @param name as on the hub
 * @param commit that its revision is now
 * @param files that make up the model
 * @param missing those that are not here yet
 * @param license to be shown and accepted first
 */
public record DownloadPlan(HubName name, String commit, List<HubFile> files, List<HubFile> missing, License license) {

    public DownloadPlan {
        files = List.copyOf(files);
        missing = List.copyOf(missing);
    }

    /** On the disk, once all is there. */
    public long bytes() {
        return files.stream().mapToLong(HubFile::size).sum();
    }

    /** Of the files that are not here yet; parts of them may be. */
    public long missingBytes() {
        return missing.stream().mapToLong(HubFile::size).sum();
    }
}
