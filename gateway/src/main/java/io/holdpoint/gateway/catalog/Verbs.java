package io.holdpoint.gateway.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What English verbs, and a few nouns that stand for one, mean for the thing they are done to. */
final class Verbs {

    private static final Map<String, Category> MEANINGS = new HashMap<>();

    static {
        mean(
                Category.READ,
                "access analyse analyze audit browse capture check compare count decompile describe diff disassemble "
                        + "download explain explore extract fetch find gather get identify inspect introspect list "
                        + "look lookup monitor poll preview print query read retrieve return scan screenshot search "
                        + "show snapshot status summarise summarize tail verify view watch whoami");
        mean(
                Category.WRITE,
                "add adjust append archive assign attach annotate book change checkout click clone comment commit "
                        + "compose configure convert copy create design dismiss drag draft duplicate edit emulate "
                        + "enter fill flag generate handle hover import init initialise initialize input insert "
                        + "invite join label lock make mark modify move mute new notify organise organize patch pin "
                        + "post press publish push put record register rename replace reply resize react save send "
                        + "set share simulate stage store submit subscribe sync tag transition type unassign unmute "
                        + "unpin update upload upsert write");
        mean(
                Category.EXECUTE,
                "apply approve build call cancel close compile confirm crawl deploy disable enable eval evaluate exec "
                        + "execute grant install interrupt invoke kill launch load manage merge navigate open pause "
                        + "process promote rebase reboot rerun restart restore resume retry revert rollback rotate "
                        + "run scale schedule shutdown spawn start stop switch transform trigger upgrade wait");
        mean(
                Category.DESTRUCTIVE,
                "clear deprovision destroy discard drop empty erase expunge flush forget nuke overwrite prune purge "
                        + "remove reset revoke rm rmdir shred terminate trash truncate uninstall unlink wipe delete");
        mean(
                Category.FINANCIAL,
                "bill buy charge deposit disburse donate invoice order pay payment payout purchase refund remit sell "
                        + "settle trade transfer wire withdraw withdrawal");
    }

    private Verbs() {}

    private static void mean(Category category, String words) {
        for (var word : words.split(" ")) {
            MEANINGS.put(word, category);
        }
    }

    /** What the word itself means, in lower case; {@code bulkdelete} and its like count as what they contain. */
    static Optional<Category> exact(String word) {
        var known = MEANINGS.get(word);
        if (known == null && word.contains("delete") && !word.contains("deleted")) {
            return Optional.of(Category.DESTRUCTIVE);
        }
        return Optional.ofNullable(known);
    }

    /** The same, for a word in a sentence: {@code deletes}, {@code deleting}. */
    static Optional<Category> inSentence(String word) {
        return forms(word).stream().flatMap(form -> exact(form).stream()).findFirst();
    }

    private static List<String> forms(String word) {
        if (word.endsWith("ing")) {
            var stem = word.substring(0, word.length() - 3);
            return List.of(word, stem, stem + "e");
        }
        if (word.endsWith("ies")) {
            return List.of(word, word.substring(0, word.length() - 3) + "y");
        }
        if (word.endsWith("es")) {
            return List.of(word, word.substring(0, word.length() - 1), word.substring(0, word.length() - 2));
        }
        return word.endsWith("s") ? List.of(word, word.substring(0, word.length() - 1)) : List.of(word);
    }
}
