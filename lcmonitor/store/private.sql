-- What the store holds for itself. None of it goes into the snapshot for analysts.

-- An export that was taken in.
CREATE TABLE delivery (
    sha256 VARCHAR NOT NULL,       -- of the file's bytes
    community VARCHAR NOT NULL,    -- whose inbox it came from
    form VARCHAR NOT NULL,         -- the form that it holds responses to
    received INTEGER NOT NULL,     -- order in which deliveries were taken in, from 1
    fingerprint VARCHAR NOT NULL,  -- of the definitions by which it was judged
    verdict VARCHAR NOT NULL,      -- accepted or remarks
    replaces BOOLEAN NOT NULL,     -- what was stored for its waves went
    receipt VARCHAR NOT NULL,      -- the whole receipt, as JSON
    wave VARCHAR NOT NULL,         -- the newest wave that it holds responses of
    structure VARCHAR NOT NULL     -- what it asked and how its answers were written, as JSON; nobody's answer
);

-- What was done, in order. Rows are only ever added.
CREATE TABLE audit (
    position INTEGER NOT NULL,     -- order, from 1
    happened TIMESTAMP NOT NULL DEFAULT make_timestamp(epoch_us(now())), -- UTC
    action VARCHAR NOT NULL,       -- deliver or publish
    subject VARCHAR NOT NULL       -- delivery.sha256 or edition.edition
);
