/**
 * Fetches models from the Hugging Face hub. {@link sc.fiji.diffusion.engine.download.ModelDownloader} asks the hub for a
 * repository's files, chooses those that the engine needs, shows the licence, and fetches what is missing into the cache
 * that {@code hub} reads and that Python's {@code huggingface_hub} shares.
 *
 * <p>Nothing that a server says is trusted. The list of files is read as an attack: names that lead out of the folder are
 * refused. What comes is written beside its place, and put there only with the size and the hash that the hub told over
 * the first, authenticated connection; links into a snapshot are made once all of it is there. So a connection may break,
 * a process end, a disk be full or two programs fetch the same: nothing half-written is ever found, and the next try goes
 * on from what is here. The user's token goes to the hub's own address and nowhere else.
 *
 * <p>HTTP is Java's own client: redirections must be followed by hand for the token's sake, and a resumed transfer is a
 * header, so that a library would do nothing that is left to do.
 */
package sc.fiji.diffusion.engine.download;
