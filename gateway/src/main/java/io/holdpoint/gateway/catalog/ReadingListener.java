package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.upstream.Server;

/** Hears of every reading of a server's tools, on the thread that read: it must not block, nor throw. */
interface ReadingListener {

    ReadingListener NOBODY = new ReadingListener() {
        @Override
        public void read(Server server, Listing listing) {
            // Nobody keeps it.
        }

        @Override
        public void unreadable(Server server, String why) {
            // Nobody asks why.
        }
    };

    void read(Server server, Listing listing);

    /** @param why without secrets */
    void unreadable(Server server, String why);
}
