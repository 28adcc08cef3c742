package io.holdpoint.gateway.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Where a command writes what it made: to a new file, never over one that is there, or to standard output.
 *
 * @param file the new file; empty for standard output
 */
record Destination(Optional<Path> file) {

    /** @throws CannotRun if the file is there already */
    void refuseIfThere() {
        if (file.filter(Files::exists).isPresent()) {
            throw isThere(file.get());
        }
    }

    /**
     * Writes the text.
     *
     * @throws CannotRun if the file is there already or cannot be written
     */
    void write(String text, PrintWriter out) {
        if (file.isEmpty()) {
            out.print(text);
            out.flush();
            return;
        }
        try {
            Files.writeString(file.get(), text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw isThere(file.get());
        } catch (IOException e) {
            throw CannotRun.notInOrder("cannot write %s (%s); is its directory there, and may you write to it?"
                    .formatted(file.get(), e.getClass().getSimpleName()));
        }
    }

    private static CannotRun isThere(Path file) {
        return CannotRun.notInOrder(
                "nothing written, because %s is there already; move it away, or give --out another name"
                        .formatted(file));
    }
}
