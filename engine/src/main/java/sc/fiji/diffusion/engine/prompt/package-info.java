/**
 * What a prompt says besides its words. The grammar is that of AUTOMATIC1111's webui, which the prompts that people
 * share are written in:
 *
 * <ul>
 *   <li>{@code (word)} weighs 1.1 times as much, {@code (word:1.3)} 1.3 times, {@code [word]} 1/1.1 times; inside each
 *       other the weights multiply. A bracket that is never closed reaches to the end; one that was never opened, and
 *       a weight that is no number, is text.
 *   <li>{@code \(}, {@code \)}, {@code \[}, {@code \]} and {@code \\} are the sign itself; any other backslash is text.
 *   <li>{@code BREAK}, in capitals, fills up the chunk: what follows begins the next one. First in a prompt, or twice in
 *       a row, it leaves an empty chunk.
 * </ul>
 *
 * Prompt editing {@code [from:to:when]}, alternation {@code [a|b]} and {@code AND} are not known: they are taken as text
 * (in brackets, as text that weighs less). A text without any of these signs is one part of weight 1, whose numbers are
 * those of the plain text to the bit.
 *
 * <p>{@link sc.fiji.diffusion.engine.prompt.PromptSyntax} reads a text into a {@link sc.fiji.diffusion.engine.prompt.Prompt},
 * {@link sc.fiji.diffusion.engine.prompt.Chunker} cuts its tokens into pieces that a text encoder takes, each of which is
 * encoded alone, and {@link sc.fiji.diffusion.engine.prompt.Emphasis} brings the weights in: hidden states times
 * weight, and then all of the chunk times one factor that restores their mean. That is the webui's default for every
 * model, so that a prompt's weights do here what they did where it was written. (Others measure weights from the empty
 * text, as ComfyUI does: there the same number is a stronger one.)
 *
 * <p>diffusers knows no weights and takes brackets as text: {@link sc.fiji.diffusion.engine.prompt.PromptSyntax#PLAIN}.
 */
package sc.fiji.diffusion.engine.prompt;
