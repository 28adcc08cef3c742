package io.holdpoint.gateway.policy.argument;

/** Which parts of a value are masked, found along with the value. */
interface Mask {

    /** Whether the value itself is masked, with all that is in it. */
    boolean whole();

    /** What is masked in a member. */
    Mask member(String name);

    /** What is masked in an element of a list. */
    Mask element(int index);

    /** Masks what either masks. */
    default Mask and(Mask other) {
        return new Both(this, other);
    }

    /** Everything that one or the other masks. */
    record Both(Mask one, Mask other) implements Mask {

        @Override
        public boolean whole() {
            return one.whole() || other.whole();
        }

        @Override
        public Mask member(String name) {
            return new Both(one.member(name), other.member(name));
        }

        @Override
        public Mask element(int index) {
            return new Both(one.element(index), other.element(index));
        }
    }
}
