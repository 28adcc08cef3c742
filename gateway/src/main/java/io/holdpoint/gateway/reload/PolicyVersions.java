package io.holdpoint.gateway.reload;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Every version of a policy that was ever in force, by the SHA-256 that audit entries name (spec 03, Faults). Nothing is
 * ever changed or removed here. Blocks; safe for any thread.
 */
public class PolicyVersions {

    private static final int MOST_LISTED = 500;

    private final JdbcTemplate jdbc;

    public PolicyVersions(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A version and when it first came into force.
     *
     * @param file the name of the file it stood in
     * @param sha256 of its bytes, lower-case hex
     */
    public record Version(String file, String sha256, Instant since) {

        public Version {
            Objects.requireNonNull(file);
            Objects.requireNonNull(sha256);
            Objects.requireNonNull(since);
        }
    }

    /**
     * Keeps a version, unless it is kept already. Part of the caller's transaction.
     *
     * @throws org.springframework.dao.DuplicateKeyException if another node keeps the same at this moment; try again
     */
    public void keep(String file, String sha256, byte[] bytes, Instant at) {
        var kept = jdbc.queryForList(
                "select since from policy_version where sha256 = ? and file = ?", Object.class, sha256, file);
        if (kept.isEmpty()) {
            jdbc.update(
                    "insert into policy_version (sha256, file, since, content) values (?, ?, ?, ?)",
                    sha256,
                    file,
                    OffsetDateTime.ofInstant(at, ZoneOffset.UTC),
                    bytes);
        }
    }

    /** The newest 500, newest first. */
    public List<Version> newest() {
        return jdbc.query(
                "select sha256, file, since from policy_version order by since desc, file limit " + MOST_LISTED,
                (row, number) -> version(row));
    }

    /** One version of a file, if it was ever in force. */
    public Optional<Version> find(String file, String sha256) {
        return jdbc
                .query(
                        "select sha256, file, since from policy_version where sha256 = ? and file = ?",
                        (row, number) -> version(row),
                        sha256,
                        file)
                .stream()
                .findFirst();
    }

    /** The document as it was, by its hash. */
    public Optional<String> text(String sha256) {
        return jdbc
                .query(
                        "select content from policy_version where sha256 = ? limit 1",
                        (row, number) -> new String(row.getBytes(1), StandardCharsets.UTF_8),
                        sha256)
                .stream()
                .findFirst();
    }

    private static Version version(ResultSet row) throws SQLException {
        return new Version(
                row.getString("file"),
                row.getString("sha256"),
                row.getObject("since", OffsetDateTime.class).toInstant());
    }
}
