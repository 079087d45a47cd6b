/**
 * Small files from the internet, read as if each was an attack: {@link sc.fiji.diffusion.engine.file.TextFile} takes
 * only regular files (a pipe would block, a device never end) up to a size, and only UTF-8;
 * {@link sc.fiji.diffusion.engine.file.JsonFile} only JSON objects, none deep, and none with a key twice, which two
 * programs could read in two ways. What the fields mean is the business of the packages that ask for them. And folders of
 * our own making, which {@link sc.fiji.diffusion.engine.file.Folder} deletes.
 */
package sc.fiji.diffusion.engine.file;
