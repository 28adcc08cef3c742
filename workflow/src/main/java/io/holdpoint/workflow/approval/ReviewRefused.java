package io.holdpoint.workflow.approval;

import java.util.Objects;

/** A review, cancellation or settlement that was not accepted, and nothing was changed. The message is for the person who clicked. */
public abstract sealed class ReviewRefused extends RuntimeException {

    private ReviewRefused(String message) {
        super(message);
    }

    /** There is no such approval, or none this person may know of. */
    public static final class UnknownApproval extends ReviewRefused {
        public UnknownApproval(String id) {
            super("There is no approval %s.".formatted(id));
        }
    }

    /** The person may not review this one. */
    public static final class NotAReviewer extends ReviewRefused {
        public NotAReviewer(String why) {
            super(why);
        }
    }

    /** Somebody or something decided before. */
    public static final class AlreadyResolved extends ReviewRefused {
        private final transient Approval approval;

        public AlreadyResolved(String message, Approval approval) {
            super(message);
            this.approval = Objects.requireNonNull(approval);
        }

        /** The approval as decided, read after the race. */
        public Approval approval() {
            return approval;
        }
    }

    /** The time to review is over. */
    public static final class Expired extends ReviewRefused {
        public Expired(String message) {
            super(message);
        }
    }

    /** The reviewer saw another digest than the one asked about now. */
    public static final class OtherDigest extends ReviewRefused {
        public OtherDigest(String message) {
            super(message);
        }
    }

    /** The rule wants a reason and none was given. */
    public static final class ReasonMissing extends ReviewRefused {
        public ReasonMissing(String message) {
            super(message);
        }
    }
}
