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
 * computed beside each layer with its strength as an input. Measured on a UNet of Stable Diffusion 1.5's size with a
 * LoRA of rank 32 on its attention (processor time, one core): opening takes 4.3 s instead of 3.9 s, and a step of
 * 256 × 256 pixels what it takes without, 5.4 to 5.7 s; beside the layers a step takes 6.2 s, 9 % more. So the work of another
 * strength, an opening of those networks alone that it changes, is less than that of one step, and a picture has
 * twenty. Folded, LoHa, LoKr and convolutions taken apart cost no more than LoRA, either.
 */
package sc.fiji.diffusion.engine.adapter;
