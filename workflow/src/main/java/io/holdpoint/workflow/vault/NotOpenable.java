package io.holdpoint.workflow.vault;

import org.jspecify.annotations.Nullable;

/** A sealed value does not open: another data key, another purpose, or changed bytes. */
public final class NotOpenable extends RuntimeException {

    NotOpenable(String purpose, @Nullable Throwable cause) {
        super(
                "the stored " + purpose + " does not open with this data key; use the key it was written with"
                        + " (keys.data, or data/keys of the same installation)",
                cause);
    }
}
