-- The centre's tables. Run once, as toolroom_owner; a step that was released is never changed, the next one is a new file.

CREATE TABLE toolroom.centre (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    epoch uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO toolroom.centre DEFAULT VALUES;

-- One row for every enrolment that was ever given out. `site_id` is the station's own id, known from its first contact on.
CREATE TABLE toolroom.site (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CHECK (name <> ''),
    -- The name as it is compared. Folded by the program: lower() of a database in the C locale knows ASCII only.
    name_key text NOT NULL,
    role name NOT NULL UNIQUE,
    site_id text CHECK (length(site_id) BETWEEN 1 AND 64),
    daily_bytes bigint NOT NULL CHECK (daily_bytes > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    removed_at timestamptz
);
CREATE UNIQUE INDEX site_name_once ON toolroom.site (name_key) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX site_id_once ON toolroom.site (site_id) WHERE removed_at IS NULL;

-- How far the chain of each station is known, and how the station was when it last came.
CREATE TABLE toolroom.site_head (
    site_id text PRIMARY KEY,
    seq bigint NOT NULL DEFAULT 0,
    hash text NOT NULL DEFAULT repeat('0', 64),
    last_seen timestamptz,
    -- Seconds by which the station's clock was ahead of this one.
    clock_offset double precision,
    app_version text NOT NULL DEFAULT '',
    pending bigint NOT NULL DEFAULT 0,
    quarantined bigint NOT NULL DEFAULT 0,
    spent_on date NOT NULL DEFAULT '-infinity',
    spent_bytes bigint NOT NULL DEFAULT 0
);

-- The evidence lane counts apart, so that photos and operations never wait for each other's row.
CREATE TABLE toolroom.evidence_head (
    site_id text PRIMARY KEY,
    files bigint NOT NULL DEFAULT 0,
    bytes bigint NOT NULL DEFAULT 0,
    spent_on date NOT NULL DEFAULT '-infinity',
    spent_bytes bigint NOT NULL DEFAULT 0
);

-- Every entry of every chain, also one in quarantine. A unique key of a partitioned table must hold the partition's own,
-- so what must be unique for ever is kept here, narrow and in one piece.
CREATE TABLE toolroom.chain_link (
    site_id text NOT NULL,
    site_seq bigint NOT NULL,
    hash text NOT NULL,
    op_id uuid UNIQUE,
    PRIMARY KEY (site_id, site_seq)
);

-- `content` is the very text that the hash was made of. The month is that of `received_at`, by the centre's own clock.
CREATE TABLE toolroom.journal (
    op_id uuid NOT NULL,
    site_id text NOT NULL,
    site_seq bigint NOT NULL,
    received_at timestamptz NOT NULL,
    wall_at timestamptz NOT NULL,
    kind text NOT NULL,
    schema_version integer NOT NULL,
    content text NOT NULL,
    prev_hash text NOT NULL,
    hash text NOT NULL,
    seal text NOT NULL
) PARTITION BY RANGE (received_at);
CREATE UNIQUE INDEX journal_place ON toolroom.journal (site_id, site_seq, received_at);

-- What is no valid entry, whole, until a person looked at it. `in_chain` tells an entry of the chain, which was
-- acknowledged, from one that stands against it.
CREATE TABLE toolroom.quarantine (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id text NOT NULL,
    site_seq bigint NOT NULL,
    reason text NOT NULL,
    in_chain boolean NOT NULL,
    content text NOT NULL,
    prev_hash text NOT NULL,
    hash text NOT NULL,
    seal text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    resolved_at timestamptz,
    resolved_by text,
    note text,
    UNIQUE (site_id, site_seq, hash)
);

CREATE TABLE toolroom.evidence (
    site_id text NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint NOT NULL CHECK (size > 0),
    held bigint NOT NULL DEFAULT 0,
    begun_at timestamptz NOT NULL DEFAULT now(),
    complete_at timestamptz,
    PRIMARY KEY (site_id, sha256)
);
CREATE TABLE toolroom.evidence_chunk (
    site_id text NOT NULL,
    sha256 text NOT NULL,
    at_byte bigint NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (site_id, sha256, at_byte),
    FOREIGN KEY (site_id, sha256) REFERENCES toolroom.evidence (site_id, sha256)
);
-- A JPEG does not get smaller.
ALTER TABLE toolroom.evidence_chunk ALTER COLUMN data SET STORAGE EXTERNAL;
