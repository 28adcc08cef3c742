package io.holdpoint.gateway.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** {@code holdpoint policy simulate} typed on a command line with an environment of its own. */
public final class PolicyLine {

    private PolicyLine() {}

    /** How it ended and what it printed. */
    public record Ran(int code, String out, String err) {}

    /** Runs it in a directory. */
    public static Ran simulate(Path directory, Map<String, String> environment, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = new CommandLine(
                        new PolicySimulateCommand(directory, name -> Optional.ofNullable(environment.get(name))))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler(new Complaint())
                .execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }
}
