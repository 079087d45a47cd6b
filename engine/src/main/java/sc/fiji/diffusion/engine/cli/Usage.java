package sc.fiji.diffusion.engine.cli;

import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import sc.fiji.diffusion.engine.RequestException;

/** Refusals of what was typed, which end with the exit status of a wrong usage. */
final class Usage {

    private Usage() {}

    static CommandLine.ParameterException refusal(CommandSpec spec, String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    /** A value whose refusal is a matter of usage. */
    static <T> T checked(CommandSpec spec, Supplier<T> value) {
        try {
            return value.get();
        } catch (RequestException e) {
            throw refusal(spec, e.getMessage());
        }
    }
}
