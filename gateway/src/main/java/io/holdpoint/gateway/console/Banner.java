package io.holdpoint.gateway.console;

import io.holdpoint.gateway.console.VisibleText.Piece;
import java.util.List;

/** The top of a page: who is signed in, and where they can go. */
record Banner(List<Piece> name, boolean seesTools, boolean readsLog, boolean seesPeople) {

    static Banner of(Visitor visitor) {
        return new Banner(
                VisibleText.of(visitor.person().name()), visitor.seesTools(), visitor.readsLog(), visitor.seesPeople());
    }
}
