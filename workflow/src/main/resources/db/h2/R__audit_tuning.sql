-- H2 commits the sequence by itself whenever its cache of 32 is used up, and each commit is a write to the disk: a third
-- of what an entry cost in batches of 64. Numbers left in the cache at a crash are skipped; they need not be contiguous.
-- Not for PostgreSQL, where the cache is each connection's own and numbers would no longer ascend.
alter table audit_entry alter column id set cache 10000;
