BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE centre_file (
	sha256 VARCHAR(64) NOT NULL, 
	size INTEGER NOT NULL, 
	purpose VARCHAR(16) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	"key" VARCHAR NOT NULL, 
	held INTEGER NOT NULL, 
	wanted_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_centre_file PRIMARY KEY (sha256)
)
 WITHOUT ROWID

;
CREATE TABLE elsewhere_case (
	case_id VARCHAR(36) NOT NULL, 
	site_id VARCHAR(64) NOT NULL, 
	station VARCHAR NOT NULL, 
	kit_key VARCHAR NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	document TEXT NOT NULL, 
	known_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_elsewhere_case PRIMARY KEY (case_id)
);
CREATE TABLE elsewhere_custody (
	operation_id VARCHAR(36) NOT NULL, 
	site_id VARCHAR(64) NOT NULL, 
	station VARCHAR NOT NULL, 
	kit VARCHAR NOT NULL, 
	kit_key VARCHAR NOT NULL, 
	holder_key VARCHAR NOT NULL, 
	hlc VARCHAR(32) NOT NULL, 
	document TEXT NOT NULL, 
	closed_by VARCHAR(36), 
	known_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_elsewhere_custody PRIMARY KEY (operation_id)
);
CREATE TABLE empty_place (
	kit_key VARCHAR NOT NULL, 
	tool_class VARCHAR NOT NULL, 
	unit INTEGER NOT NULL, 
	CONSTRAINT pk_empty_place PRIMARY KEY (kit_key, tool_class, unit), 
	CONSTRAINT fk_empty_place_kit_key FOREIGN KEY(kit_key) REFERENCES kit (number_key)
)
 WITHOUT ROWID

;
CREATE TABLE evidence (
	sha256 VARCHAR(64) NOT NULL, 
	size INTEGER NOT NULL, 
	acked_bytes INTEGER NOT NULL, acked_at VARCHAR(32), dropped_at VARCHAR(32), 
	CONSTRAINT pk_evidence PRIMARY KEY (sha256)
)
 WITHOUT ROWID

;
INSERT INTO "evidence" VALUES('1688a363ec7a5063ebfffc93282f989282c1f68ca0a78c9b13281a2ecde74899',120000,0,NULL,NULL);
INSERT INTO "evidence" VALUES('20a42019d2616588b541dbf67c3be1aed4d59322b4b0c32369975a9e401e2ad7',120000,0,NULL,NULL);
INSERT INTO "evidence" VALUES('48ab92d6e716a09aa3c1331c5d6b561b60f6763683673d31d1d591c61ec435bf',120000,0,NULL,NULL);
INSERT INTO "evidence" VALUES('625499d12cb86dd18b73546a9f12e2a719eed396177ff1952a902ec5789308a8',120000,0,NULL,NULL);
INSERT INTO "evidence" VALUES('bbae008d19a558778d0bb4aa74574bf8ca7d09f56f4d2cd054fe99420b9e4aa5',120000,0,NULL,NULL);
INSERT INTO "evidence" VALUES('def64bed5a79baef3d3f9743de964225c671352a98875faed4877fe3addb127a',120000,0,NULL,NULL);
INSERT INTO "evidence" VALUES('eb69c25598094e2422f29b0b53494a935f0dc507afe9a1bece9d18f369be4f24',120000,0,NULL,NULL);
INSERT INTO "evidence" VALUES('f1fb74a3a6df8f08c867425dbc3b0e41b6473642ed95a677e52661d1740a867a',120000,0,NULL,NULL);
CREATE TABLE journal (
	site_seq INTEGER NOT NULL, 
	op_id VARCHAR(36) NOT NULL, 
	site_id VARCHAR(64) NOT NULL, 
	hlc VARCHAR(32) NOT NULL, 
	wall_at VARCHAR(32) NOT NULL, 
	clock_back BOOLEAN NOT NULL, 
	kind VARCHAR(64) NOT NULL, 
	payload TEXT NOT NULL, 
	schema_version INTEGER NOT NULL, 
	model_sha256 VARCHAR(64), 
	prev_hash VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	seal VARCHAR(64) NOT NULL, 
	acked_at VARCHAR(32), 
	CONSTRAINT pk_journal PRIMARY KEY (site_seq), 
	CONSTRAINT uq_journal_op_id UNIQUE (op_id)
);
INSERT INTO "journal" VALUES(1,'01a21b6a-df9d-75be-9d70-e0638d07937e','station-1','1772433095123-000000','2026-03-02T06:31:35.123456+00:00',0,'operation.checkout','{"kit":"32S-01","note":"Коловорот остался в ангаре","result":{"detected_tools":[{"confidence":0.875}],"missing_tools":["brace"],"status":"discrepancy"}}',1,'9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4','0000000000000000000000000000000000000000000000000000000000000000','d2e32734ba6f423a2c9bcc9fb015dc8f751c1ad321d6f94a1045633692487ff5','b3de0357b2cd01aacd010124dc1949dd0408ebd4bf14ce3200d4fb88b0e38748',NULL);
INSERT INTO "journal" VALUES(2,'01a21b6a-df9e-7432-8f9e-e8706ebec95b','station-1','1772433155123-000000','2026-03-02T06:32:35.123456+00:00',0,'operation.checkout','{"kit":"32S-02","note":"Коловорот остался в ангаре","result":{"detected_tools":[{"confidence":0.875}],"missing_tools":["brace"],"status":"discrepancy"}}',1,'9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4','d2e32734ba6f423a2c9bcc9fb015dc8f751c1ad321d6f94a1045633692487ff5','24df66d5e7cb886e2f190fc786225114d089a7b1f6d292745aea456f0a02d265','7ddeadf533d73c8a02604c15edea0a358cd6c91997ff89dfdd1e19087d9adda5',NULL);
INSERT INTO "journal" VALUES(3,'01a21b6a-df9f-765a-bcfe-6f0003f74306','station-1','1772433215123-000000','2026-03-02T06:33:35.123456+00:00',0,'operation.checkin','{"kit":"32S-01","note":"Коловорот остался в ангаре","result":{"detected_tools":[{"confidence":0.875}],"missing_tools":["brace"],"status":"discrepancy"}}',1,'9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4','24df66d5e7cb886e2f190fc786225114d089a7b1f6d292745aea456f0a02d265','f9e38c9d9528accd3b35d97d5609deb6e3c4dc0020a70ae0e1e8f42c17bb9969','b8bb0a3fee46dbd6c2d9d7c5573fd0729b7eb1b46e6c00c34b4a4b1b93afb142',NULL);
INSERT INTO "journal" VALUES(4,'01a21b6a-dfb1-707b-9f04-2dd86ffdf051','station-1','1772433275123-000000','2026-03-02T06:34:35.123456+00:00',0,'operation.checkout','{"kit":"32S-01","note":"Коловорот остался в ангаре","result":{"detected_tools":[{"confidence":0.875}],"missing_tools":["brace"],"status":"discrepancy"}}',1,'9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4','f9e38c9d9528accd3b35d97d5609deb6e3c4dc0020a70ae0e1e8f42c17bb9969','9d4d5f29d1f4c5cf1f2dc03fc9608d5448abd07369934d5dc19d36bb480f9a0f','4bebc0c2eaa7572046a84e40a6d5c7eaba5fd185bbb33087bac05c0818d48394',NULL);
CREATE TABLE journal_head (
	site_id VARCHAR(64) NOT NULL, 
	site_seq INTEGER NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	hlc VARCHAR(32) NOT NULL, heard VARCHAR(32) DEFAULT '0000000000000-000000' NOT NULL, 
	CONSTRAINT pk_journal_head PRIMARY KEY (site_id)
);
INSERT INTO "journal_head" VALUES('station-1',4,'9d4d5f29d1f4c5cf1f2dc03fc9608d5448abd07369934d5dc19d36bb480f9a0f','1772433275123-000000','0000000000000-000000');
CREATE TABLE kit (
	number_key VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	toolkit_key VARCHAR NOT NULL, 
	code_key VARCHAR, 
	code VARCHAR NOT NULL, 
	CONSTRAINT pk_kit PRIMARY KEY (number_key), 
	CONSTRAINT fk_kit_toolkit_key FOREIGN KEY(toolkit_key) REFERENCES toolkit (name_key), 
	CONSTRAINT uq_kit_code_key UNIQUE (code_key)
);
INSERT INTO "kit" VALUES('32s-01','32S-01','rrj/737/32s','qr-32s-01','QR-32S-01');
CREATE TABLE lost_tool_case (
	case_id VARCHAR(36) NOT NULL, 
	number VARCHAR(32) NOT NULL, 
	site_id VARCHAR(64) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	kit VARCHAR NOT NULL, 
	kit_key VARCHAR NOT NULL, 
	toolkit VARCHAR NOT NULL, 
	tool_class VARCHAR NOT NULL, 
	unit INTEGER NOT NULL, 
	marking VARCHAR NOT NULL, 
	tool_id VARCHAR(36), 
	opened_at VARCHAR(32) NOT NULL, 
	operation_id VARCHAR(36) NOT NULL, 
	found_out_at VARCHAR(16) NOT NULL, 
	holder_badge VARCHAR NOT NULL, 
	holder_name VARCHAR NOT NULL, 
	aircraft VARCHAR NOT NULL, 
	work_order VARCHAR NOT NULL, 
	events TEXT NOT NULL, 
	CONSTRAINT pk_lost_tool_case PRIMARY KEY (case_id), 
	CONSTRAINT uq_lost_tool_case_number UNIQUE (number)
);
CREATE TABLE operation (
	site_seq INTEGER NOT NULL, 
	operation_id VARCHAR(36) NOT NULL, 
	site_id VARCHAR(64) NOT NULL, 
	type VARCHAR(16) NOT NULL, 
	toolkit VARCHAR NOT NULL, 
	kit VARCHAR NOT NULL, 
	kit_key VARCHAR NOT NULL, 
	person_badge VARCHAR NOT NULL, 
	person_key VARCHAR NOT NULL, 
	person_name VARCHAR NOT NULL, 
	started_at VARCHAR(32) NOT NULL, 
	finished_at VARCHAR(32) NOT NULL, 
	utc_offset_minutes INTEGER NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	final_status VARCHAR(16) NOT NULL, 
	match_percentage FLOAT NOT NULL, 
	result TEXT NOT NULL, 
	expected TEXT NOT NULL, 
	counted TEXT NOT NULL, 
	photo_clean VARCHAR(64), 
	photo_annotated VARCHAR(64), 
	model_name VARCHAR NOT NULL, 
	model_sha256 VARCHAR(64) NOT NULL, 
	app_version VARCHAR NOT NULL, 
	note TEXT NOT NULL, 
	closes VARCHAR(36), 
	closed_by VARCHAR(36), 
	giver_badge VARCHAR NOT NULL, 
	witness_badge VARCHAR NOT NULL, 
	work_order VARCHAR NOT NULL, 
	aircraft VARCHAR NOT NULL, 
	expected_return VARCHAR(32), custody TEXT DEFAULT '{}' NOT NULL, holder_badge VARCHAR DEFAULT '' NOT NULL, holder_key VARCHAR DEFAULT '' NOT NULL, holder_name VARCHAR DEFAULT '' NOT NULL, overrides TEXT DEFAULT '[]' NOT NULL, cases TEXT DEFAULT '[]' NOT NULL, later TEXT DEFAULT '[]' NOT NULL, giver_name VARCHAR DEFAULT '' NOT NULL, witness_name VARCHAR DEFAULT '' NOT NULL, checkout_unknown BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_operation PRIMARY KEY (site_seq), 
	CONSTRAINT fk_operation_site_seq FOREIGN KEY(site_seq) REFERENCES journal (site_seq) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_operation_photo_clean FOREIGN KEY(photo_clean) REFERENCES evidence (sha256) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_operation_photo_annotated FOREIGN KEY(photo_annotated) REFERENCES evidence (sha256) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT uq_operation_operation_id UNIQUE (operation_id)
);
INSERT INTO "operation" VALUES(1,'01a21b6a-df9d-75be-9d70-e0638d07937e','station-1','checkout','RRJ/737/32S','32S-01','32s-01','DEMO-TECH','demo-tech','Пётр Ильич Щёголев','2026-03-02T06:31:15.123456+00:00','2026-03-02T06:31:35.123456+00:00',180,'discrepancy','discrepancy',75.0,'{"status": "discrepancy", "missing_tools": ["brace"], "detected_tools": [{"confidence": 0.875}]}','{"pliers": 2, "brace": 1, "adjustable_wrench": 1}','[["pliers", 1, "found", false, "", "", "", ""], ["brace", 1, "missing", true, "", "", "", ""]]','def64bed5a79baef3d3f9743de964225c671352a98875faed4877fe3addb127a','48ab92d6e716a09aa3c1331c5d6b561b60f6763683673d31d1d591c61ec435bf','kit11_first','9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4','0.1.0','Коловорот остался в ангаре',NULL,'01a21b6a-df9f-765a-bcfe-6f0003f74306','DEMO-STORE','DEMO-LEAD','WO-17','RA-89001','2026-03-02T14:31:15.123456+00:00','{"pliers": 1}','DEMO-TECH','demo-tech','Пётр Ильич Щёголев','[{"badge": "DEMO-LEAD", "reason": "вылет через час"}]','["C2026-0001"]','[]','','',0);
INSERT INTO "operation" VALUES(2,'01a21b6a-df9e-7432-8f9e-e8706ebec95b','station-1','checkout','RRJ/737/32S','32S-02','32s-02','DEMO-TECH','demo-tech','Пётр Ильич Щёголев','2026-03-02T06:32:15.123456+00:00','2026-03-02T06:32:35.123456+00:00',180,'discrepancy','discrepancy',75.0,'{"status": "discrepancy", "missing_tools": ["brace"], "detected_tools": [{"confidence": 0.875}]}','{"pliers": 2, "brace": 1, "adjustable_wrench": 1}','[["pliers", 1, "found", false, "", "", "", ""], ["brace", 1, "missing", true, "", "", "", ""]]','eb69c25598094e2422f29b0b53494a935f0dc507afe9a1bece9d18f369be4f24','f1fb74a3a6df8f08c867425dbc3b0e41b6473642ed95a677e52661d1740a867a','kit11_first','9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4','0.1.0','Коловорот остался в ангаре',NULL,NULL,'DEMO-STORE','DEMO-LEAD','WO-17','RA-89001','2026-03-02T14:32:15.123456+00:00','{"pliers": 1}','DEMO-TECH','demo-tech','Пётр Ильич Щёголев','[{"badge": "DEMO-LEAD", "reason": "вылет через час"}]','["C2026-0001"]','[]','','',0);
INSERT INTO "operation" VALUES(3,'01a21b6a-df9f-765a-bcfe-6f0003f74306','station-1','checkin','RRJ/737/32S','32S-01','32s-01','DEMO-TECH','demo-tech','Пётр Ильич Щёголев','2026-03-02T06:33:15.123456+00:00','2026-03-02T06:33:35.123456+00:00',180,'discrepancy','discrepancy',75.0,'{"status": "discrepancy", "missing_tools": ["brace"], "detected_tools": [{"confidence": 0.875}]}','{"pliers": 2, "brace": 1, "adjustable_wrench": 1}','[["pliers", 1, "found", false, "", "", "", ""], ["brace", 1, "missing", true, "", "", "", ""]]','20a42019d2616588b541dbf67c3be1aed4d59322b4b0c32369975a9e401e2ad7','625499d12cb86dd18b73546a9f12e2a719eed396177ff1952a902ec5789308a8','kit11_first','9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4','0.1.0','Коловорот остался в ангаре','01a21b6a-df9d-75be-9d70-e0638d07937e',NULL,'DEMO-STORE','DEMO-LEAD','WO-17','RA-89001','2026-03-02T14:33:15.123456+00:00','{}','','','','[{"badge": "DEMO-LEAD", "reason": "вылет через час"}]','["C2026-0001"]','[]','','',0);
INSERT INTO "operation" VALUES(4,'01a21b6a-dfb1-707b-9f04-2dd86ffdf051','station-1','checkout','RRJ/737/32S','32S-01','32s-01','DEMO-TECH','demo-tech','Пётр Ильич Щёголев','2026-03-02T06:34:15.123456+00:00','2026-03-02T06:34:35.123456+00:00',180,'discrepancy','discrepancy',75.0,'{"status": "discrepancy", "missing_tools": ["brace"], "detected_tools": [{"confidence": 0.875}]}','{"pliers": 2, "brace": 1, "adjustable_wrench": 1}','[["pliers", 1, "found", false, "", "", "", ""], ["brace", 1, "missing", true, "", "", "", ""]]','1688a363ec7a5063ebfffc93282f989282c1f68ca0a78c9b13281a2ecde74899','bbae008d19a558778d0bb4aa74574bf8ca7d09f56f4d2cd054fe99420b9e4aa5','kit11_first','9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4','0.1.0','Коловорот остался в ангаре',NULL,NULL,'DEMO-STORE','DEMO-LEAD','WO-17','RA-89001','2026-03-02T14:34:15.123456+00:00','{"pliers": 1}','DEMO-TECH','demo-tech','Пётр Ильич Щёголев','[{"badge": "DEMO-LEAD", "reason": "вылет через час"}]','["C2026-0001"]','[]','','',0);
CREATE TABLE person (
	badge_key VARCHAR NOT NULL, 
	badge VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	pin_hash VARCHAR NOT NULL, 
	active BOOLEAN NOT NULL, 
	wrong_pins INTEGER NOT NULL, 
	locked_until VARCHAR(32), expires_on VARCHAR(10), must_change_pin BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (badge_key)
);
INSERT INTO "person" VALUES('demo-tech','DEMO-TECH','Пётр Ильич Щёголев','technician','',1,0,NULL,NULL,0);
CREATE TABLE reference (
	kind VARCHAR(32) NOT NULL, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	content TEXT NOT NULL, 
	applied BOOLEAN NOT NULL, 
	problem TEXT NOT NULL, 
	CONSTRAINT pk_reference PRIMARY KEY (kind, "key")
)
 WITHOUT ROWID

;
CREATE TABLE shift (
	shift_id VARCHAR(36) NOT NULL, 
	site_id VARCHAR(64) NOT NULL, 
	started_at VARCHAR(32) NOT NULL, 
	started_by VARCHAR NOT NULL, 
	ended_at VARCHAR(32), 
	document TEXT NOT NULL, 
	CONSTRAINT pk_shift PRIMARY KEY (shift_id)
);
CREATE TABLE station (
	only_row INTEGER NOT NULL, 
	site_id VARCHAR(64) NOT NULL, 
	created_at VARCHAR(32) NOT NULL, case_serial INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_station PRIMARY KEY (only_row), 
	CONSTRAINT ck_station_one_station CHECK (only_row = 1)
);
INSERT INTO "station" VALUES(1,'station-1','2026-03-02T06:30:15.123456+00:00',0);
CREATE TABLE sync_state (
	only_row INTEGER NOT NULL, 
	epoch VARCHAR(64) NOT NULL, 
	last_success VARCHAR(32), 
	digest_at VARCHAR(32), cursor VARCHAR(128) DEFAULT '' NOT NULL, pulled_at VARCHAR(32), 
	CONSTRAINT pk_sync_state PRIMARY KEY (only_row), 
	CONSTRAINT ck_sync_state_one_memory CHECK (only_row = 1)
);
CREATE TABLE tool (
	tool_id VARCHAR(36) NOT NULL, 
	tool_class VARCHAR NOT NULL, 
	kit_key VARCHAR, 
	unit INTEGER NOT NULL, 
	part_number VARCHAR NOT NULL, 
	serial_number VARCHAR NOT NULL, 
	serial_key VARCHAR NOT NULL, 
	marking VARCHAR NOT NULL, 
	marking_key VARCHAR, 
	calibration_due VARCHAR(10), 
	state VARCHAR(16) NOT NULL, 
	photo VARCHAR(64), 
	note TEXT NOT NULL, 
	CONSTRAINT pk_tool PRIMARY KEY (tool_id), 
	CONSTRAINT fk_tool_kit_key FOREIGN KEY(kit_key) REFERENCES kit (number_key), 
	CONSTRAINT fk_tool_photo FOREIGN KEY(photo) REFERENCES evidence (sha256) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT uq_tool_marking_key UNIQUE (marking_key)
);
CREATE TABLE toolkit (
	name_key VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	title_ru VARCHAR NOT NULL, 
	title_en VARCHAR NOT NULL, 
	thresholds TEXT NOT NULL, 
	CONSTRAINT pk_toolkit PRIMARY KEY (name_key)
);
INSERT INTO "toolkit" VALUES('rrj/737/32s','RRJ/737/32S','Облегчённый набор','Light toolkit','{}');
CREATE TABLE toolkit_position (
	toolkit_key VARCHAR NOT NULL, 
	place INTEGER NOT NULL, 
	tool_class VARCHAR NOT NULL, 
	quantity INTEGER NOT NULL, 
	name_ru VARCHAR NOT NULL, 
	name_en VARCHAR NOT NULL, 
	CONSTRAINT pk_toolkit_position PRIMARY KEY (toolkit_key, place), 
	CONSTRAINT ck_toolkit_position_quantity_positive CHECK (quantity > 0), 
	CONSTRAINT fk_toolkit_position_toolkit_key FOREIGN KEY(toolkit_key) REFERENCES toolkit (name_key) ON DELETE CASCADE
);
INSERT INTO "toolkit_position" VALUES('rrj/737/32s',0,'pliers',2,'Пассатижи','Pliers');
INSERT INTO "toolkit_position" VALUES('rrj/737/32s',1,'brace',1,'Коловорот','Brace');
INSERT INTO "toolkit_position" VALUES('rrj/737/32s',2,'adjustable_wrench',1,'Разводной ключ','Adjustable wrench');
CREATE INDEX ix_journal_waiting ON journal (site_seq) WHERE acked_at IS NULL;
CREATE INDEX ix_kit_toolkit_key ON kit (toolkit_key);
CREATE INDEX ix_operation_photo_clean ON operation (photo_clean);
CREATE INDEX ix_operation_photo_annotated ON operation (photo_annotated);
CREATE TRIGGER journal_never_changes
    BEFORE UPDATE OF site_seq, op_id, site_id, hlc, wall_at, clock_back, kind, payload, schema_version, model_sha256,
                     prev_hash, hash, seal ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_never_shrinks BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_has_no_gaps BEFORE INSERT ON journal
    WHEN NEW.site_seq IS NOT (SELECT coalesce(max(site_seq), 0) + 1 FROM journal)
    BEGIN SELECT RAISE(ABORT, 'the journal continues after its last entry'); END;
CREATE UNIQUE INDEX uq_operation_kit_out_once ON operation (kit_key) WHERE custody <> '{}' AND closed_by IS NULL;
CREATE INDEX ix_operation_held_by ON operation (holder_key) WHERE custody <> '{}' AND closed_by IS NULL;
CREATE INDEX ix_operation_of_kit ON operation (kit_key, site_seq);
CREATE INDEX ix_journal_of_kind ON journal (kind, site_seq);
CREATE INDEX ix_operation_count_owed ON operation (site_seq) WHERE counted = '[]' AND status <> 'success';
CREATE INDEX ix_tool_serial_key ON tool (serial_key);
CREATE INDEX ix_tool_calibration_due ON tool (calibration_due);
CREATE UNIQUE INDEX uq_tool_one_at_a_place ON tool (kit_key, tool_class, unit) WHERE kit_key IS NOT NULL;
CREATE INDEX ix_tool_not_serviceable ON tool (state) WHERE state <> 'serviceable';
CREATE INDEX ix_lost_tool_case_operation_id ON lost_tool_case (operation_id);
CREATE INDEX ix_lost_tool_case_open ON lost_tool_case (kit_key) WHERE state <> 'released';
CREATE INDEX ix_shift_running ON shift (started_at) WHERE ended_at IS NULL;
CREATE INDEX ix_evidence_waiting ON evidence (sha256, size, acked_bytes, dropped_at) WHERE acked_bytes < size;
CREATE INDEX ix_evidence_may_go ON evidence (acked_at, sha256) WHERE acked_at IS NOT NULL AND dropped_at IS NULL;
CREATE INDEX ix_operation_not_joined ON operation (site_seq) WHERE checkout_unknown = true AND closes IS NULL;
CREATE INDEX ix_reference_not_applied ON reference (kind, "key") WHERE applied = false;
CREATE INDEX ix_elsewhere_custody_kit_key ON elsewhere_custody (kit_key) WHERE closed_by IS NULL;
CREATE INDEX ix_elsewhere_custody_holder_key ON elsewhere_custody (holder_key) WHERE closed_by IS NULL;
CREATE INDEX ix_elsewhere_case_open ON elsewhere_case (kit_key) WHERE state <> 'released';
CREATE INDEX ix_centre_file_wanted ON centre_file (wanted_at) WHERE held < size OR size = 0;
COMMIT;
