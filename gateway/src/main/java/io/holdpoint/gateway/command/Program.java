package io.holdpoint.gateway.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line as a whole: {@code holdpoint COMMAND}. */
@Command(
        name = "holdpoint",
        description = "Puts a person in front of any MCP tool call.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Program implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private CommandSpec spec;

    private Program() {}

    /**
     * Runs a command to its end; {@code serve} and {@code demo} end when the program is told to stop.
     *
     * @param application the Spring application to start
     * @return 0 ok, 1 the check failed, 2 wrong use
     */
    public static int run(Class<?> application, String... arguments) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        return run(new Gateway(application), Path.of(""), PasswordPrompt.ofThisProcess(), out, err, arguments);
    }

    /**
     * @param directory the working directory
     * @param prompt where passwords come from
     */
    static int run(
            Gateway gateway,
            Path directory,
            PasswordPrompt prompt,
            PrintWriter out,
            PrintWriter err,
            String... arguments) {
        return new CommandLine(new Program())
                .addSubcommand(new ServeCommand(gateway, directory))
                .addSubcommand(new DemoCommand(gateway, directory))
                .addSubcommand(new InitCommand(directory))
                .addSubcommand(new PasswordCommand(prompt))
                .addSubcommand(policyCommands(directory))
                .setExpandAtFiles(false) // @FILE is the commands' own, and its words may be secret
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(new Complaint())
                .execute(arguments);
    }

    /** @param directory the working directory */
    private static CommandLine policyCommands(Path directory) {
        return new CommandLine(new PolicyCommand())
                .addSubcommand(new PolicyCheckCommand(directory))
                .addSubcommand(new PolicyExplainCommand(directory, System.in))
                .addSubcommand(new PolicySuggestCommand(directory, Clock.systemUTC()))
                .addSubcommand(new CommandLine(new PolicyImportCommand())
                        .addSubcommand(new PolicyImportInterceptCommand(directory)))
                .addSubcommand(new PolicySimulateCommand(directory, name -> Optional.ofNullable(System.getenv(name))));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
