package io.holdpoint.gateway.command;

import io.holdpoint.gateway.console.access.PasswordHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdpoint password}: makes the line by which somebody signs in with a password. Keeps nothing. */
@Command(
        name = "password",
        description = "Asks for a password, or reads it from a pipe, and prints its line for holdpoint.yaml.",
        mixinStandardHelpOptions = true)
final class PasswordCommand implements Callable<Integer> {

    private static final int SHORTEST = 12;

    private final PasswordPrompt prompt;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private CommandSpec spec;

    PasswordCommand(PasswordPrompt prompt) {
        this.prompt = prompt;
    }

    @Override
    public Integer call() throws IOException {
        var password = prompt.ask("Password (it does not show): ").orElseThrow(PasswordCommand::none);
        check(password);
        if (prompt.isTerminal() && !Optional.of(password).equals(prompt.ask("Once more: "))) {
            throw CannotRun.wrongUse("the two are not the same; run it again");
        }
        spec.commandLine()
                .getOut()
                .println("password-hash: \"%s\""
                        .formatted(PasswordHash.of(password).text()));
        return 0;
    }

    private static void check(String password) {
        if (password.isBlank()) {
            throw none();
        }
        var characters = password.codePointCount(0, password.length());
        if (characters < SHORTEST) {
            throw CannotRun.wrongUse("the password has %d characters; use at least %d, some words for example"
                    .formatted(characters, SHORTEST));
        }
        var bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > PasswordHash.MOST_BYTES) {
            throw CannotRun.wrongUse("the password has %d bytes, and bcrypt reads %d; use a shorter one"
                    .formatted(bytes, PasswordHash.MOST_BYTES));
        }
    }

    private static CannotRun none() {
        return CannotRun.wrongUse("there is no password; type one, or pipe it in as one line");
    }
}
