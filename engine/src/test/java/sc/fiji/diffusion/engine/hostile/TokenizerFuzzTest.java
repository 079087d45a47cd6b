package sc.fiji.diffusion.engine.hostile;

class TokenizerFuzzTest extends ReaderFuzzing {

    TokenizerFuzzTest() {
        super(
                TokenizerInputs.vocabulary(),
                TokenizerInputs.merges(),
                TokenizerInputs.specials(),
                TokenizerInputs.settings(),
                new TokenizerJsonInput(),
                PromptInput.ofTheEmbeddedModel(),
                new PromptSyntaxInput());
    }
}
