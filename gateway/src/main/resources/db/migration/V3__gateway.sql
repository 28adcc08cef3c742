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
