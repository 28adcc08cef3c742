package io.holdpoint.gateway.policy.argument;

/**
 * What a judgement, or a mask, may still spend on long arguments. Some operators take time by the length of an argument, many
 * conditions may ask for it, and a judgement occupies an event loop; so all conditions of a judgement draw on one
 * budget, in the order they are asked, and what it does not suffice for cannot be judged. Not thread-safe.
 */
public final class Steps {

    /** About a third of a second at worst; a usual expression of 20 instructions still judges a whole megabyte. */
    public static final int OF_CALL = 20_000_000;

    /** A shadow decides nothing, so calls wait less for it. */
    public static final int OF_SHADOW = OF_CALL / 10;

    private long left;
    private boolean ranOut;

    /** @param most how many there are to spend */
    public Steps(int most) {
        this.left = most;
    }

    /** Takes so many, or none if there are not so many left. */
    public boolean take(long steps) {
        boolean enough = steps <= left;
        left -= enough ? steps : 0;
        ranOut |= !enough;
        return enough;
    }

    /** Whether something could not be judged for want of them. */
    public boolean ranOut() {
        return ranOut;
    }
}
