/**
 * Small files that change a large model: {@link sc.fiji.diffusion.engine.adapter.LoraFile} (LoRA, LoCon, LoHa, LoKr)
 * adds to the weights of its layers, {@link sc.fiji.diffusion.engine.adapter.TextualInversion} adds words to its
 * vocabulary. {@link sc.fiji.diffusion.engine.adapter.Adapters} says which are used, a prompt may name more
 * ({@link sc.fiji.diffusion.engine.adapter.PromptAdapters}), and
 * {@link sc.fiji.diffusion.engine.adapter.ModelAdaptation} finds each one's place in a model: an
 * {@link sc.fiji.diffusion.engine.adapter.Adaptation} a network, from which {@code network} writes the graph. Nothing
 * here holds a weight: all are references to bytes in the adapters' own files.
 *
 * <p>A LoRA is folded into the weights, {@code W + scale · up · down}, by the runtime when it opens the network, and not
 * computed beside each layer with its strength as an input. Measured ({@code LoraBenchmark}) on a UNet of Stable
 * Diffusion 1.5's size, in seconds of one processor core, without a LoRA / folded / beside: with rank 32 on the
 * attention 3.9 / 4.3 / 4.2 to open and 5.7 / 5.4 / 6.2 for a step of 256 × 256 pixels; with rank 128 on all layers,
 * convolutions included, 3.1 / 13.5 / 4.4 to open and 5.3 / 5.2 / 6.9 for a step. Another strength opens those networks
 * anew that it changes: the time of one or two small steps, of which a picture has twenty. And what is folded may be
 * any arithmetic, such as that of LoHa and LoKr.
 */
package sc.fiji.diffusion.engine.adapter;
