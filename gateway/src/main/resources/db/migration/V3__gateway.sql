-- What limits have used: one row for each counter and window.
create table limit_counter (
    counter_key  varchar(600)   not null,
    window_start bigint         not null, -- milliseconds since the epoch
    window_end   bigint         not null,
    used         numeric(38, 18) not null,
    primary key (counter_key, window_start)
);

create index limit_counter_end on limit_counter (window_end);

-- What a held call has reserved, to be given back if it is not executed.
create table held_reservation (
    approval_id  varchar(40)    not null,
    counter_key  varchar(600)   not null,
    window_start bigint         not null,
    amount       numeric(38, 18) not null
);

create index held_reservation_approval on held_reservation (approval_id);

-- What servers offered when they were last read.
create table catalog_server (
    server  varchar     not null primary key,
    tools   int         not null,
    list    varchar(64) not null, -- SHA-256 over names, definitions and categories, as they are kept
    seen    varchar(64) not null, -- the same, as they were read last
    read_at timestamp(6) with time zone not null,
    changed_at timestamp(6) with time zone not null, -- when a change was recorded last
    changes int         not null, -- recorded, each soon after the one before
    missed  int -- changes that were counted only; null while they are recorded
);

-- The definitions of servers' tools: the newest of each, and some before it.
create table tool_definition (
    server      varchar      not null,
    tool        varchar(600) not null,
    sha256      varchar(64)  not null,
    definition  bytea,                 -- as received; none of a very long one
    bytes       int          not null, -- how long it is
    weight      int          not null, -- what this row takes, roughly, in bytes
    title       varchar      not null, -- clipped, as are the next two
    description varchar      not null,
    annotations varchar      not null, -- JSON
    category    varchar(16)  not null,
    risk        varchar(16)  not null,
    known_since timestamp(6) with time zone not null, -- the tool, whatever its definition
    first_seen  timestamp(6) with time zone not null, -- this definition
    since       timestamp(6) with time zone not null, -- this definition, the last time it became the newest
    newest      boolean      not null, -- one of each tool
    gone_at     timestamp(6) with time zone, -- the newest, if the server does not list the tool any more
    primary key (server, tool, sha256)
);

-- The gateways on this database, each with its last sign of life.
create table gateway_node (
    id      varchar(64) not null primary key,
    seen_at timestamp(6) with time zone not null
);

-- Every version of a policy that was ever in force. Audit entries name it by its hash.
create table policy_version (
    sha256  varchar(64)   not null,
    file    varchar(1000) not null,
    since   timestamp(6) with time zone not null,
    content bytea         not null,
    primary key (sha256, file)
);

create index policy_version_since on policy_version (since);
