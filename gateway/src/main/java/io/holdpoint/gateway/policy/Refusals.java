package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.policy.argument.ArgumentPath;
import io.holdpoint.gateway.policy.argument.Redaction;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What agents are told: what, why and what to do. Never how to approve, and never an argument's value, which may be
 * secret, nor what an argument that people may not see is compared with.
 */
final class Refusals {

    private Refusals() {}

    static String hidden(String tool) {
        return tool + " was not run: it is not available here. Do not call it again; use one of the listed tools.";
    }

    static String notPermitted(String tool) {
        return tool + " was not run: the policy does not permit it. Do not call it again; use one of the listed tools.";
    }

    static String lookalike(String tool) {
        return tool + " was not run: the name only looks like that of another tool. Call the tool by its exact name.";
    }

    static String notMet(String tool, Guard guard, Redaction redaction) {
        var why = guard.onDeny().orElseGet(() -> Condition.must(guard.conditions(), redaction));
        return tool + " was not run: " + sentence(why) + " Call it again only with arguments that meet this.";
    }

    static String denied(String tool, Guard guard, Redaction redaction) {
        if (guard.conditions().isEmpty()) {
            var why = guard.onDeny().orElse("the policy denies it");
            return tool + " was not run: " + sentence(why) + " Do not call it again.";
        }
        var why = guard.onDeny()
                .orElseGet(() -> "the policy denies it where " + Condition.does(guard.conditions(), redaction)
                        + ", or where that cannot be told");
        return tool + " was not run: " + sentence(why) + " Call it again only with arguments that avoid this.";
    }

    static String uncountable(String tool, ArgumentPath amount) {
        return tool + " was not run: " + amount + " must be a number from 0 to 10^15 with at most 18 decimals."
                + " Call it again with such a number.";
    }

    static String usedUp(String name, BigDecimal max, Window window, Optional<ArgumentPath> amount) {
        return "The limit of " + name + " is used up: " + allowed(max, window, amount)
                + ". Wait until the next window begins.";
    }

    /** Not to ask for less: many small calls could come around an approval that one large call needs. */
    static String tooMuch(String name, BigDecimal max, Window window, Optional<ArgumentPath> amount) {
        var most = amount.map(path -> path + " may be at most " + max.toPlainString() + " in one call")
                .orElseGet(() -> allowed(max, window, amount));
        return "This call alone asks for more than the limit of " + name + ": " + most
                + ". Waiting does not help. Do not call it again, nor split it into smaller calls; tell the user.";
    }

    private static String allowed(BigDecimal max, Window window, Optional<ArgumentPath> amount) {
        var often = window.rate(max);
        return amount.map(path -> "the sum of " + path + " may be at most " + often)
                .orElse("it may be called " + often);
    }

    static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
    }
}
