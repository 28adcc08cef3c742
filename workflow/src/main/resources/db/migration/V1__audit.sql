-- The audit log (spec 08). One text for H2 and PostgreSQL; what only one of them knows is in db/h2 and db/postgresql.

-- Appends are the hot path, one row for each allowed call: hence one secondary index, and no foreign key. Call ids
-- ascend (random ones would touch a page of the index each: four times the work on H2).
create table audit_entry (
    id bigint generated always as identity primary key,
    at timestamp(6) with time zone not null,
    type varchar(40) not null,
    -- The columns from here to outcome exist to be searched; body has the truth.
    subject varchar(255),
    actor varchar(255) not null,
    server varchar(255),
    tool varchar(255),
    grant_id varchar(255),
    outcome varchar(255),
    -- The exact bytes of one JSON object, without its index. Never changed.
    body bytea not null
);

create index audit_entry_subject on audit_entry (subject);

-- The values behind the entries' commitments, sealed. Erasing is deleting these rows.
create table audit_payload (
    -- SHA-256(salt || value), as in the entry.
    commitment bytea primary key,
    subject varchar(255),
    name varchar(40) not null,
    salt bytea not null,
    sealed bytea not null
);

create index audit_payload_subject on audit_payload (subject);

-- The Merkle tree's leaves (RFC 6962). An entry that was retired leaves its leaf: no foreign key.
create table audit_leaf (
    idx bigint primary key,
    entry_id bigint not null unique,
    hash bytea not null
);

-- Signed tree heads (C2SP tlog-checkpoint).
create table audit_checkpoint (
    size bigint primary key,
    root bytea not null,
    note text not null
);
