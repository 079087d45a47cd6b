/**
 * Small files that change a large model: {@link sc.fiji.diffusion.engine.adapter.LoraFile} (LoRA, LoCon, LoHa, LoKr)
 * adds to the weights of its layers, {@link sc.fiji.diffusion.engine.adapter.TextualInversion} adds words to its
 * vocabulary. {@link sc.fiji.diffusion.engine.adapter.Adapters} says which are used, a prompt may name more
 * ({@link sc.fiji.diffusion.engine.adapter.PromptAdapters}), and
 * {@link sc.fiji.diffusion.engine.adapter.ModelAdaptation} finds each one's place in a model: an
 * {@link sc.fiji.diffusion.engine.adapter.Adaptation} a network, from which {@code network} writes the graph. Nothing
 * here holds a weight: all are references to bytes in the adapters' own files.
 */
package sc.fiji.diffusion.engine.adapter;
