-- Approvals (spec 05). One text for H2 and PostgreSQL.

create table approval (
    id varchar(30) primary key,
    state varchar(16) not null,
    call_id varchar not null,
    server varchar not null,
    tool varchar not null,
    grant_id varchar not null,
    owner varchar not null,
    rule varchar not null,
    policy varchar not null,
    risk varchar(16) not null,
    category varchar not null,
    -- Redacted; the arguments themselves are in held_message.
    arguments bytea, -- as people see them, sealed; null once deleted
    agent_says varchar not null,
    -- JSON of ApprovalTerms.
    terms varchar not null,
    definition varchar not null,
    grant_state varchar(64) not null, -- what the grant was when it asked, hashed; a changed one voids it
    flow_definition varchar not null,
    flow_version int not null,
    process_instance varchar(64),
    -- JSON list: the approver set as resolved when asked, in order. The same people are in approval_asked, to be found by.
    approvers varchar not null,
    digest varchar(64) not null,
    -- SHA-256 of what equal calls have in common; null from when an equal call is a new one.
    attach_key varchar(64),
    -- The same, kept to find equal calls by, until the arguments are deleted.
    sameness_key varchar(64),
    told_pending boolean not null,
    requested_at timestamp(6) with time zone not null,
    expires_at timestamp(6) with time zone not null,
    decided_at timestamp(6) with time zone,
    decided_by varchar,
    decided_reason varchar,
    runnable_until timestamp(6) with time zone,
    node varchar,
    started_at timestamp(6) with time zone,
    finished_at timestamp(6) with time zone,
    error varchar,
    -- Until when an answer nobody fetched is kept for an equal call.
    keep_until timestamp(6) with time zone,
    settled_at timestamp(6) with time zone,
    settled_by varchar,
    settled_happened boolean,
    settled_note varchar,
    -- Set with the arguments' deletion (approvals.retain-arguments).
    arguments_deleted_at timestamp(6) with time zone
);

create unique index approval_attach_key on approval (attach_key);
create index approval_sameness on approval (sameness_key);
create index approval_newest on approval (requested_at desc, id desc);
create index approval_state on approval (state, requested_at desc, id desc);
create index approval_grant on approval (grant_id, state);
create index approval_arguments on approval (arguments_deleted_at, decided_at);

create table approval_asked (
    person varchar not null,
    approval_id varchar(30) not null references approval (id),
    primary key (person, approval_id)
);

-- What runs, and what came back: sealed. Deleted when the execution copy's time is over.
create table held_message (
    approval_id varchar(30) primary key references approval (id),
    message bytea not null,
    nonce bytea not null,
    answer bytea
);

create table review (
    approval_id varchar(30) not null references approval (id),
    person varchar not null,
    element varchar not null,
    verdict varchar(16) not null,
    reason varchar,
    channel varchar not null,
    assurance varchar(16) not null,
    at timestamp(6) with time zone not null,
    primary key (approval_id, person)
);

-- The flow's open questions. A review completes one by its id; looking it up by a variable takes seconds.
create table review_task (
    approval_id varchar(30) not null references approval (id),
    task_id varchar(64) not null,
    element varchar not null,
    primary key (approval_id, task_id)
);
