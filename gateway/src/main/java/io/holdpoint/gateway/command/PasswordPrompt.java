package io.holdpoint.gateway.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where a password is read from: a terminal, which does not show it, or else the first line that is piped in. */
interface PasswordPrompt {

    /** The next password; empty at the end of the input. */
    Optional<String> ask(String question) throws IOException;

    /** Whether a person types, and may mistype. */
    boolean isTerminal();

    /** This process's terminal, or its standard input where it has none. */
    static PasswordPrompt ofThisProcess() {
        return Optional.ofNullable(System.console())
                .filter(PasswordPrompt::isReal)
                .<PasswordPrompt>map(Terminal::new)
                .orElseGet(() -> new Pipe(System.in));
    }

    /** From Java 22 on there may be a console without a terminal, and a method that tells (JDK-8308591). */
    private static boolean isReal(Console console) {
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** A terminal. */
    record Terminal(Console console) implements PasswordPrompt {

        @Override
        public Optional<String> ask(String question) {
            return Optional.ofNullable(console.readPassword("%s", question)).map(String::new);
        }

        @Override
        public boolean isTerminal() {
            return true;
        }
    }

    /** What another program writes. */
    record Pipe(InputStream in) implements PasswordPrompt {

        @Override
        public Optional<String> ask(String question) throws IOException {
            return Optional.ofNullable(
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine());
        }

        @Override
        public boolean isTerminal() {
            return false;
        }
    }
}
