-- Which files of one station others may read: those that a row of reference data names.

CREATE TABLE toolroom.named_file (
    sha256 text NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    PRIMARY KEY (sha256, kind, key),
    FOREIGN KEY (kind, key) REFERENCES toolroom.reference (kind, key) ON DELETE CASCADE
);
CREATE INDEX named_file_of ON toolroom.named_file (kind, key);
