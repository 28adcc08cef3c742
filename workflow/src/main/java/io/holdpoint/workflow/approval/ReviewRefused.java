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

    /** The person is not asked, or owns the grant. */
    public static final class NotAReviewer extends ReviewRefused {
        public NotAReviewer(String why) {
            super(why);
        }
    }

    /** The person gave their one review before. */
    public static final class AlreadyReviewed extends ReviewRefused {
        public AlreadyReviewed(String message) {
            super(message);
        }
    }

    /** Approving needs a surer identification than the one the reviewer came with. */
    public static final class NotSureEnough extends ReviewRefused {
        public NotSureEnough(String message) {
            super(message);
        }
    }

    /** The flow has no open question at this moment; it may have one later. */
    public static final class NobodyAsked extends ReviewRefused {
        public NobodyAsked(String message) {
            super(message);
        }
    }

    /** The person may not say what became of an execution. */
    public static final class NotASettler extends ReviewRefused {
        public NotASettler(String message) {
            super(message);
        }
    }

    /** Somebody said before what became of the execution. */
    public static final class AlreadySettled extends ReviewRefused {
        private final transient Settlement settlement;

        public AlreadySettled(String message, Settlement settlement) {
            super(message);
            this.settlement = Objects.requireNonNull(settlement);
        }

        /** What they said. */
        public Settlement settlement() {
            return settlement;
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
