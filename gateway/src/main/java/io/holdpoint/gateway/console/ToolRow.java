package io.holdpoint.gateway.console;

import io.holdpoint.gateway.catalog.ToolInventory.KeptTool;
import io.holdpoint.gateway.catalog.ToolText;
import io.holdpoint.gateway.console.VisibleText.Piece;
import io.holdpoint.gateway.policy.ToolStanding;
import io.holdpoint.workflow.Risk;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A tool as a page shows it.
 *
 * @param link its page's address
 * @param description what its server says, cut short
 * @param changed when its definition changed last; empty where it never did
 * @param gone whether its server does not list it any more
 */
record ToolRow(
        String link,
        List<Piece> server,
        List<Piece> tool,
        List<Piece> description,
        String category,
        String risk,
        String riskStyle,
        Optional<Moment> changed,
        boolean gone,
        List<Grantee> grants) {

    private static final int GLANCE = 200;

    static ToolRow of(KeptTool tool, List<GrantStanding> grants, Instant now) {
        return new ToolRow(
                ToolLink.of(tool.server(), tool.tool()),
                VisibleText.of(tool.server()),
                VisibleText.of(tool.tool()),
                VisibleText.of(ToolText.cut(tool.text().description(), GLANCE)),
                tool.category().label(),
                tool.risk().label(),
                style(tool.risk()),
                tool.changedAt().map(time -> Moment.of(time, now)),
                tool.goneAt().isPresent(),
                grants.stream().map(Grantee::of).toList());
    }

    static String style(Risk risk) {
        return "risk-" + risk.label().toLowerCase(Locale.ROOT);
    }

    /**
     * What a grant may do with it.
     *
     * @param may in a few words
     * @param word the API's word for the same, by which it is coloured
     * @param where the policy's file and line; may be empty
     * @param shadow the file of the policy that is tried beside it; may be empty
     */
    record Grantee(
            List<Piece> grant,
            String may,
            String word,
            List<Piece> rule,
            List<Piece> where,
            List<Piece> shadow,
            String risk,
            String riskStyle) {

        static Grantee of(GrantStanding may) {
            var standing = may.standing();
            return new Grantee(
                    VisibleText.of(may.grant()),
                    inWords(standing.kind()),
                    standing.kind().word(),
                    VisibleText.of(standing.rule().value()),
                    VisibleText.of(where(may)),
                    VisibleText.of(may.shadow().orElse("")),
                    standing.risk().label(),
                    style(standing.risk()));
        }

        private static String where(GrantStanding may) {
            var line = may.standing().line();
            return may.policy()
                    .map(file -> line.isPresent() ? file + ", line " + line.getAsInt() : file)
                    .orElse("");
        }

        private static String inWords(ToolStanding.Kind kind) {
            return switch (kind) {
                case HIDDEN -> "hidden and denied";
                case DENIED -> "denied";
                case ALLOWED -> "allowed";
                case LIMITED -> "allowed, counted";
                case CHECKED -> "by its arguments";
                case CONDITIONAL_APPROVAL -> "by its arguments, people asked";
                case APPROVAL -> "people asked";
            };
        }
    }
}
