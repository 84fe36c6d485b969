-- Reference data: what every station is to have alike, as it is now. A change moves its row to a new id and transaction.

CREATE SEQUENCE toolroom.reference_place;

-- What is gone stays as a row that says so, so that a station that was away for years still learns of it.
CREATE TABLE toolroom.reference (
    kind text NOT NULL CHECK (kind ~ '^[a-z_]{1,32}$'),
    key text NOT NULL CHECK (length(key) BETWEEN 1 AND 400),
    version bigint NOT NULL CHECK (version > 0),
    deleted boolean NOT NULL,
    content jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object'),
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL,
    id bigint NOT NULL UNIQUE,
    -- The transaction of the last change, and whose transactions are meant: those of a cluster that was dumped and
    -- restored elsewhere say nothing about those of this one.
    xid xid8 NOT NULL,
    epoch text NOT NULL,
    PRIMARY KEY (kind, key)
);
CREATE INDEX reference_in_order ON toolroom.reference (epoch, xid, id);

-- Who changed what, and when. Only ever added to.
CREATE TABLE toolroom.reference_history (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    key text NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    content jsonb NOT NULL,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE INDEX reference_history_of ON toolroom.reference_history (kind, key, version);

-- What stations would have changed. `against` is the centre's version when it came, 0 for what the centre does not know;
-- `fields` are those of the content that are meant, NULL for all of them.
CREATE TABLE toolroom.proposal (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id text NOT NULL,
    site_seq bigint NOT NULL,
    op_id uuid NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    content jsonb NOT NULL,
    fields text[],
    against bigint NOT NULL,
    proposed_by text,
    proposed_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'rejected', 'overtaken')),
    decided_by text,
    decided_at timestamptz,
    UNIQUE (op_id, kind, key)
);
CREATE INDEX proposal_open ON toolroom.proposal (kind, key, site_id) WHERE state = 'open';

-- How far it was made of a station's entries what others pull.
CREATE TABLE toolroom.derived_head (
    site_id text PRIMARY KEY,
    seq bigint NOT NULL DEFAULT 0
);

-- Entries that were taken well, but of which nothing could be made here. Their chain is whole; a person looks at them.
CREATE TABLE toolroom.underived (
    site_id text NOT NULL,
    site_seq bigint NOT NULL,
    kind text NOT NULL,
    reason text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (site_id, site_seq)
);
