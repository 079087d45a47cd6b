package sc.fiji.diffusion.result;

import ij.WindowManager;

/** Names images after their prompts. */
final class Title {

    private static final int LONGEST = 40;
    private static final String WITHOUT_PROMPT = "Text to Image";

    private Title() {}

    /** A title that no open image has. */
    static String unique(String prompt) {
        return WindowManager.makeUniqueName(shorten(prompt));
    }

    /** One line, cut between words, without what can't be in a file's name. */
    static String shorten(String prompt) {
        String line = prompt.replaceAll("[\\p{Cntrl}\\\\/:*?\"<>|\\s]+", " ").strip();
        if (line.length() <= LONGEST) {
            return line.isEmpty() ? WITHOUT_PROMPT : line;
        }
        int space = line.lastIndexOf(' ', LONGEST);
        int end = space > 0 ? space : line.offsetByCodePoints(0, line.codePointCount(0, LONGEST));
        return line.substring(0, end).strip();
    }
}
