/**
 * Where models are found, by what users call them ({@link sc.fiji.diffusion.engine.hub.Models}): the one that ships
 * inside, those that were fetched from the Hugging Face hub, by this software or by Python, those that users gave a name
 * ({@link sc.fiji.diffusion.engine.hub.AddedModels}), and whatever has a path.
 *
 * <p>The cache is that of Python's {@code huggingface_hub}, in its layout and at its place
 * ({@link sc.fiji.diffusion.engine.hub.CachedRepository}), so that a model is fetched once for both. {@link
 * sc.fiji.diffusion.engine.hub.SnapshotContent} tells what is in it and what lacks; {@link
 * sc.fiji.diffusion.engine.hub.ModelCatalog} is the short list of models to begin with. Nothing here uses the network:
 * that is the business of {@code download}.
 */
package sc.fiji.diffusion.engine.hub;
