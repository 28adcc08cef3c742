package io.holdpoint.gateway.command;

import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.document.Visible;
import io.holdpoint.workflow.vault.NotOpenable;
import java.io.FileNotFoundException;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.web.server.PortInUseException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Says what went wrong: to a user what to mend, without a stack trace; only a fault of our own has one. Messages may
 * quote documents and servers, so nothing in them reaches the terminal but letters that show.
 */
final class Complaint implements IExecutionExceptionHandler {

    private static final int FAILED = 1;
    private static final int MOST_CAUSES = 50;

    /** H2's DATABASE_ALREADY_OPEN_1; H2 is not there to compile against. */
    static final int H2_IN_USE = 90020;

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        var err = command.getErr();
        if (thrown instanceof CannotRun cannot) {
            say(err, "holdpoint: " + cannot.getMessage());
            cannot.details().forEach(line -> say(err, line));
            return cannot.exitCode();
        }
        if (thrown instanceof FaultyDocument faulty) {
            faults(err, faulty.faults(), "; nothing was started");
            return FAILED;
        }
        known(thrown).ifPresentOrElse(message -> say(err, "holdpoint did not start: " + message), () -> {
            err.println("holdpoint met a fault of its own; please report this:");
            thrown.printStackTrace(err);
        });
        return FAILED;
    }

    /**
     * Shows the faults of documents, a line each, and how many they are.
     *
     * @param then what follows from them, said after their number
     */
    static void faults(PrintWriter err, List<Fault> faults, String then) {
        faults.forEach(fault -> say(err, fault.toString()));
        say(err, (faults.size() == 1 ? "1 fault" : faults.size() + " faults") + then);
    }

    private static void say(PrintWriter err, String line) {
        err.println(Visible.of(line));
    }

    /** What a user can mend, from the causes Spring wraps it in. */
    private static Optional<String> known(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .flatMap(cause -> advice(cause).stream())
                .findFirst();
    }

    private static Optional<String> advice(Throwable cause) {
        if (cause instanceof PortInUseException inUse) {
            return Optional.of("port %d is in use; stop what uses it or choose another".formatted(inUse.getPort()));
        }
        if (cause instanceof BindException) {
            return Optional.of("cannot listen: %s; is another holdpoint running?".formatted(cause.getMessage()));
        }
        if (cause instanceof FileNotFoundException || cause instanceof GeneralSecurityException) {
            return Optional.of(
                    "a key or certificate cannot be used: %s; is it there, and its password right? See spring.ssl and server.ssl"
                            .formatted(cause.getMessage()));
        }
        if (cause instanceof FileSystemException file) {
            return Optional.of("cannot use the file or directory %s (%s); make it writable for this user"
                    .formatted(file.getFile(), file.getClass().getSimpleName()));
        }
        if (cause instanceof SQLException sql && sql.getErrorCode() == H2_IN_USE) {
            return Optional.of("another program has the database open; is another holdpoint running on this data?");
        }
        if (cause instanceof SQLException) {
            var first = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
            return Optional.of("the database cannot be used: %s".formatted(first));
        }
        if (cause instanceof FlywayException && cause.getCause() == null) { // with a cause, that one says more
            return Optional.of(
                    "the tables in the database are not those of this version of Holdpoint: %s; use the version that made them, or an empty database (spring.datasource.url, or another data directory)"
                            .formatted(oneLine(String.valueOf(cause.getMessage()))));
        }
        return cause instanceof NotOpenable ? Optional.of(String.valueOf(cause.getMessage())) : Optional.empty();
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
