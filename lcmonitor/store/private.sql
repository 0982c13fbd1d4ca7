-- What the store holds for itself. None of it goes into the snapshot for analysts.

-- An export that was handed in, accepted or refused.
CREATE TABLE delivery (
    sha256 VARCHAR NOT NULL,       -- of the file's bytes
    community VARCHAR NOT NULL,    -- whose inbox it came from
    form VARCHAR,                  -- NULL = not recognised
    received INTEGER NOT NULL,     -- order in which deliveries were taken in, from 1
    fingerprint VARCHAR NOT NULL,  -- of the definitions by which it was judged
    verdict VARCHAR NOT NULL,      -- accepted, remarks or refused
    receipt VARCHAR NOT NULL       -- the whole receipt, as JSON
);

-- Something noticed in an export.
CREATE TABLE finding (
    delivery VARCHAR NOT NULL,     -- delivery.sha256
    community VARCHAR NOT NULL,    -- delivery.community
    received INTEGER NOT NULL,     -- delivery.received
    code VARCHAR NOT NULL,         -- of the catalogue of messages
    severity VARCHAR NOT NULL,     -- error, warning or note
    place VARCHAR NOT NULL,        -- where in the file
    heading VARCHAR,               -- heading of the column
    item VARCHAR,                  -- item of the codebook
    in_rows INTEGER[] NOT NULL,    -- as the spreadsheet numbers them
    count INTEGER NOT NULL         -- how many cells or rows
);

-- What was done, in order. Rows are only ever added.
CREATE TABLE audit (
    position INTEGER NOT NULL,     -- order, from 1
    happened TIMESTAMP NOT NULL DEFAULT make_timestamp(epoch_us(now())), -- UTC
    action VARCHAR NOT NULL,       -- deliver, refuse or publish
    subject VARCHAR NOT NULL       -- delivery.sha256 or edition.edition
);
