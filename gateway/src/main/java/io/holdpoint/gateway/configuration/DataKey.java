package io.holdpoint.gateway.configuration;

import io.holdpoint.workflow.vault.Vault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The installation's data key: 32 bytes as text, or generated beside an H2 database. Never shown. */
final class DataKey {

    /** How messages say what is allowed. */
    static final String FORM = "32 bytes as base64 or as 64 hex digits, such as `openssl rand -base64 32` prints";

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

    private DataKey() {}

    /** Reads a key; empty if the text is none. */
    static Optional<byte[]> parse(String text) {
        var trimmed = text.strip();
        if (HEX.matcher(trimmed).matches()) {
            return Optional.of(HexFormat.of().parseHex(trimmed));
        }
        try {
            return Optional.of(Base64.getDecoder().decode(trimmed)).filter(key -> key.length == Vault.KEY_BYTES);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not base64; the caller says what is allowed
        }
    }

    static Path file(Path dataDirectory) {
        return dataDirectory.resolve("keys").resolve("data.key");
    }

    /**
     * Makes a key and stores it, for its owner only. The file appears whole or not at all: half a key would lock the
     * database it was made for.
     */
    static byte[] generate(Path dataDirectory) throws IOException {
        var key = new byte[Vault.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        var file = file(dataDirectory);
        Files.createDirectories(dataDirectory, ownerOnly(dataDirectory, "rwx------"));
        Files.createDirectories(file.getParent(), ownerOnly(dataDirectory, "rwx------"));
        var draft = file.resolveSibling("data.key.new");
        Files.deleteIfExists(draft);
        write(draft, Base64.getEncoder().encodeToString(key) + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return key;
    }

    private static void write(Path file, String text) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, ownerOnly(file, "rw-------"))) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
    }

    /** Whether others than the owner may read the file; false where the file system does not tell. */
    static boolean isReadableByOthers(Path file) throws IOException {
        if (!hasPermissions(file)) {
            return false;
        }
        var permissions = Files.getPosixFilePermissions(file);
        permissions.retainAll(PosixFilePermissions.fromString("---rwxrwx"));
        return !permissions.isEmpty();
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return hasPermissions(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean hasPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
