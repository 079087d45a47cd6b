package sc.fiji.diffusion.engine.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sc.fiji.diffusion.engine.RequestException;

/**
 * A prompt without its tags {@code <lora:name>}, {@code <lora:name:strength>} and {@code <lora:name:text
 * encoder:unet>} in the order of AUTOMATIC1111's webui, and the tags. A strength may be named, {@code
 * <lora:name:te=0.5:unet=1>}, as programs disagree on the
 * order.
 *
 * @param text what is left of the prompt
 * @param tags in their order
 */
public record LoraTags(String text, List<Tag> tags) {

    private static final Pattern TAG = Pattern.compile("<lora:([^<>]*)>", Pattern.CASE_INSENSITIVE);
    private static final String UNET = "unet=";
    private static final String TEXT_ENCODER = "te=";

    public LoraTags {
        tags = List.copyOf(tags);
    }

    /**
     * One tag.
     *
     * @param name of the LoRA
     * @param unetStrength that of the text encoder where the tag says none
     * @param textEncoderStrength 1 where the tag says none
     */
    public record Tag(String name, double unetStrength, double textEncoderStrength) {}

    /** @throws RequestException if a tag makes no sense */
    public static LoraTags of(String prompt) {
        List<Tag> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(prompt);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            tags.add(tag(matcher.group(), matcher.group(1)));
            matcher.appendReplacement(text, "");
        }
        matcher.appendTail(text);
        return tags.isEmpty()
                ? new LoraTags(prompt, tags)
                : new LoraTags(text.toString().strip(), tags);
    }

    private static Tag tag(String whole, String inside) {
        String[] parts = inside.split(":", -1);
        String name = parts[0].strip();
        if (name.isEmpty() || parts.length > 3) {
            throw wrong(whole, null);
        }
        Double unet = null;
        Double textEncoder = null;
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            boolean isTextEncoder = part.startsWith(TEXT_ENCODER) || (!part.startsWith(UNET) && i == 1);
            if ((isTextEncoder ? textEncoder : unet) != null) {
                throw wrong(whole, null);
            }
            double strength = number(whole, part.substring(part.indexOf('=') + 1));
            if (isTextEncoder) {
                textEncoder = strength;
            } else {
                unet = strength;
            }
        }
        double forTextEncoder = textEncoder == null ? 1 : textEncoder;
        return new Tag(name, unet == null ? forTextEncoder : unet, forTextEncoder);
    }

    private static double number(String whole, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw wrong(whole, e);
        }
    }

    private static RequestException wrong(String whole, NumberFormatException cause) {
        return new RequestException(
                "prompt: expected <lora:name>, <lora:name:strength> or <lora:name:text encoder:unet>, found " + whole,
                cause);
    }
}
