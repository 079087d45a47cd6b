/**
 * From a prompt to token ids: CLIP's byte-pair encoding. A text is cleaned and split into words (letters, single digits,
 * runs of other signs); a word's UTF-8 bytes become symbols, which are merged pair by pair, in the order in which the
 * pairs stand in {@code merges.txt}, as long as one is found; what is left is looked up in {@code vocab.json}.
 *
 * <p>Any Java string can be encoded, lone surrogates too. Nothing here knows the size of a vocabulary.
 */
package sc.fiji.diffusion.engine.tokenizer;
