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
CREATE TABLE history (
	site_seq INTEGER NOT NULL, 
	finished_us INTEGER NOT NULL, 
	took_us INTEGER NOT NULL, 
	offset_minutes SMALLINT NOT NULL, 
	type SMALLINT NOT NULL, 
	status SMALLINT NOT NULL, 
	final_status SMALLINT NOT NULL, 
	kit INTEGER NOT NULL, 
	toolkit INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	aircraft INTEGER NOT NULL, 
	work_order INTEGER NOT NULL, 
	model INTEGER NOT NULL, 
	counted BOOLEAN NOT NULL, 
	owed BOOLEAN NOT NULL, 
	with_case BOOLEAN NOT NULL, 
	overridden BOOLEAN NOT NULL, 
	first_pass BOOLEAN NOT NULL, 
	looked BOOLEAN NOT NULL, 
	CONSTRAINT pk_history PRIMARY KEY (site_seq)
);
INSERT INTO "history" VALUES(1,1772433095123456,20000000,180,0,1,1,4,5,1,6,7,8,1,0,1,1,0,1);
INSERT INTO "history" VALUES(2,1772433155123456,20000000,180,0,1,1,10,5,1,6,7,8,1,0,1,1,0,1);
INSERT INTO "history" VALUES(3,1772433215123456,20000000,180,1,1,1,4,5,1,6,7,8,1,0,1,1,0,1);
INSERT INTO "history" VALUES(4,1772433275123456,20000000,180,0,1,1,4,5,1,6,7,8,1,0,1,1,0,1);
CREATE TABLE history_day (
	day INTEGER NOT NULL, 
	first_seq INTEGER NOT NULL, 
	last_seq INTEGER NOT NULL, 
	CONSTRAINT pk_history_day PRIMARY KEY (day)
);
INSERT INTO "history_day" VALUES(20514,1,4);
CREATE TABLE history_finding (
	site_seq INTEGER NOT NULL, 
	place SMALLINT NOT NULL, 
	finding SMALLINT NOT NULL, 
	tool_class INTEGER NOT NULL, 
	unit SMALLINT NOT NULL, 
	marking VARCHAR NOT NULL, 
	marking_key VARCHAR NOT NULL, 
	tool_id VARCHAR(36), 
	CONSTRAINT pk_history_finding PRIMARY KEY (site_seq, place)
)
 WITHOUT ROWID

;
INSERT INTO "history_finding" VALUES(1,0,1,9,1,'','',NULL);
INSERT INTO "history_finding" VALUES(2,0,1,9,1,'','',NULL);
INSERT INTO "history_finding" VALUES(3,0,1,9,1,'','',NULL);
INSERT INTO "history_finding" VALUES(4,0,1,9,1,'','',NULL);
CREATE TABLE history_name (
	name_id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	"key" VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	CONSTRAINT pk_history_name PRIMARY KEY (name_id), 
	CONSTRAINT uq_history_name_kind_key UNIQUE (kind, "key")
);
INSERT INTO "history_name" VALUES(1,'person','demo-techпётр ильич щёголев','DEMO-TECH','Пётр Ильич Щёголев');
INSERT INTO "history_name" VALUES(2,'person','demo-store','DEMO-STORE','');
INSERT INTO "history_name" VALUES(3,'person','demo-lead','DEMO-LEAD','');
INSERT INTO "history_name" VALUES(4,'kit','32s-01','32S-01','');
INSERT INTO "history_name" VALUES(5,'toolkit','rrj/737/32s','RRJ/737/32S','');
INSERT INTO "history_name" VALUES(6,'aircraft','ra-89001','RA-89001','');
INSERT INTO "history_name" VALUES(7,'work_order','wo-17','WO-17','');
INSERT INTO "history_name" VALUES(8,'model','9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4','9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4','kit11_first');
INSERT INTO "history_name" VALUES(9,'tool_class','brace','brace','');
INSERT INTO "history_name" VALUES(10,'kit','32s-02','32S-02','');
CREATE TABLE history_person (
	person INTEGER NOT NULL, 
	site_seq INTEGER NOT NULL, 
	parts SMALLINT NOT NULL, 
	CONSTRAINT pk_history_person PRIMARY KEY (person, site_seq)
)
 WITHOUT ROWID

;
INSERT INTO "history_person" VALUES(1,1,9);
INSERT INTO "history_person" VALUES(1,2,9);
INSERT INTO "history_person" VALUES(1,3,1);
INSERT INTO "history_person" VALUES(1,4,9);
INSERT INTO "history_person" VALUES(2,1,2);
INSERT INTO "history_person" VALUES(2,2,2);
INSERT INTO "history_person" VALUES(2,3,2);
INSERT INTO "history_person" VALUES(2,4,2);
INSERT INTO "history_person" VALUES(3,1,4);
INSERT INTO "history_person" VALUES(3,2,4);
INSERT INTO "history_person" VALUES(3,3,4);
INSERT INTO "history_person" VALUES(3,4,4);
CREATE VIRTUAL TABLE history_text USING fts5(words, content = '', detail = none, tokenize = 'unicode61');
DELETE FROM "history_text_config";
DELETE FROM "history_text_data";
DELETE FROM "history_text_docsize";
DELETE FROM "history_text_idx";
INSERT INTO "history_text_config" VALUES('version',4);
INSERT INTO "history_text_data" VALUES(1,X'0470');
INSERT INTO "history_text_data" VALUES(10,X'000000000104040004010101020101030101040101');
INSERT INTO "history_text_data" VALUES(137438953473,X'000000FB0530303030310102013101010231370101033332730101033733370101053839303031010105633230323601010464656D6F0101046C6561640101027261010202726A01010573746F726501010474656368010102776F01010CD0B0D0BDD0B3D0B0D180D0B5010201B2010209B8D0BBD18CD0B8D187010211BAD0BED0BBD0BED0B2D0BED180D0BED18201020DBED181D182D0B0D0BBD181D18F010207BFD0B5D182D18001010ED189D0B5D0B3D0BED0BBD0B5D0B2010109E19B97616761696E3001040563617365300105076F756E7465643001040666696E616C310104056F76657230010407737461747573310104057479706530010407040506060808070705050807050F040C14100A110C080A09080A');
INSERT INTO "history_text_data" VALUES(274877906945,X'000000FB0530303030310202013202010231370201033332730201033733370201053839303031020105633230323602010464656D6F0201046C6561640201027261020202726A02010573746F726502010474656368020102776F02010CD0B0D0BDD0B3D0B0D180D0B5020201B2020209B8D0BBD18CD0B8D187020211BAD0BED0BBD0BED0B2D0BED180D0BED18202020DBED181D182D0B0D0BBD181D18F020207BFD0B5D182D18002010ED189D0B5D0B3D0BED0BBD0B5D0B2020109E19B97616761696E3002040563617365300205076F756E7465643002040666696E616C310204056F76657230020407737461747573310204057479706530020407040506060808070705050807050F040C14100A110C080A09080A');
INSERT INTO "history_text_data" VALUES(412316860417,X'000000FB0530303030310302013103010231370301033332730301033733370301053839303031030105633230323603010464656D6F0301046C6561640301027261030202726A03010573746F726503010474656368030102776F03010CD0B0D0BDD0B3D0B0D180D0B5030201B2030209B8D0BBD18CD0B8D187030211BAD0BED0BBD0BED0B2D0BED180D0BED18203020DBED181D182D0B0D0BBD181D18F030207BFD0B5D182D18003010ED189D0B5D0B3D0BED0BBD0B5D0B2030109E19B97616761696E3003040563617365300305076F756E7465643003040666696E616C310304056F76657230030407737461747573310304057479706531030407040506060808070705050807050F040C14100A110C080A09080A');
INSERT INTO "history_text_data" VALUES(549755813889,X'000000FB0530303030310402013104010231370401033332730401033733370401053839303031040105633230323604010464656D6F0401046C6561640401027261040202726A04010573746F726504010474656368040102776F04010CD0B0D0BDD0B3D0B0D180D0B5040201B2040209B8D0BBD18CD0B8D187040211BAD0BED0BBD0BED0B2D0BED180D0BED18204020DBED181D182D0B0D0BBD181D18F040207BFD0B5D182D18004010ED189D0B5D0B3D0BED0BBD0B5D0B2040109E19B97616761696E3004040563617365300405076F756E7465643004040666696E616C310404056F76657230040407737461747573310404057479706530040407040506060808070705050807050F040C14100A110C080A09080A');
INSERT INTO "history_text_docsize" VALUES(1,X'1C');
INSERT INTO "history_text_docsize" VALUES(2,X'1C');
INSERT INTO "history_text_docsize" VALUES(3,X'1C');
INSERT INTO "history_text_docsize" VALUES(4,X'1C');
INSERT INTO "history_text_idx" VALUES(1,X'',2);
INSERT INTO "history_text_idx" VALUES(2,X'',2);
INSERT INTO "history_text_idx" VALUES(3,X'',2);
INSERT INTO "history_text_idx" VALUES(4,X'',2);
CREATE TABLE history_word (
	word VARCHAR NOT NULL, 
	CONSTRAINT pk_history_word PRIMARY KEY (word)
)
 WITHOUT ROWID

;
INSERT INTO "history_word" VALUES('0001');
INSERT INTO "history_word" VALUES('01');
INSERT INTO "history_word" VALUES('02');
INSERT INTO "history_word" VALUES('17');
INSERT INTO "history_word" VALUES('32s');
INSERT INTO "history_word" VALUES('737');
INSERT INTO "history_word" VALUES('89001');
INSERT INTO "history_word" VALUES('c2026');
INSERT INTO "history_word" VALUES('demo');
INSERT INTO "history_word" VALUES('lead');
INSERT INTO "history_word" VALUES('ra');
INSERT INTO "history_word" VALUES('rrj');
INSERT INTO "history_word" VALUES('store');
INSERT INTO "history_word" VALUES('tech');
INSERT INTO "history_word" VALUES('wo');
INSERT INTO "history_word" VALUES('ангаре');
INSERT INTO "history_word" VALUES('в');
INSERT INTO "history_word" VALUES('ильич');
INSERT INTO "history_word" VALUES('коловорот');
INSERT INTO "history_word" VALUES('остался');
INSERT INTO "history_word" VALUES('петр');
INSERT INTO "history_word" VALUES('щеголев');
INSERT INTO "history_word" VALUES('ᛗagain0');
INSERT INTO "history_word" VALUES('ᛗcase0');
INSERT INTO "history_word" VALUES('ᛗcounted0');
INSERT INTO "history_word" VALUES('ᛗfinal1');
INSERT INTO "history_word" VALUES('ᛗover0');
INSERT INTO "history_word" VALUES('ᛗstatus1');
INSERT INTO "history_word" VALUES('ᛗtype0');
INSERT INTO "history_word" VALUES('ᛗtype1');
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
INSERT INTO "journal" VALUES(1,'01a21b82-5f2a-7666-8d5a-b687743705ac','station-1','1772433095123-000000','2026-03-02T06:31:35.123456+00:00',0,'operation.checkout','{"kit":"32S-01","note":"Коловорот остался в ангаре","result":{"detected_tools":[{"confidence":0.875}],"missing_tools":["brace"],"status":"discrepancy"}}',1,'9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4','0000000000000000000000000000000000000000000000000000000000000000','5220137f2bbab11b6409fcdb380cad3352014f8367d4a1dd7666f5e974edf2b0','4a000514bcc3f61313c12995f6bf177437212611953488c14f25c6fab9f6bf08',NULL);
INSERT INTO "journal" VALUES(2,'01a21b82-5f36-75fb-89d2-64e12db35639','station-1','1772433155123-000000','2026-03-02T06:32:35.123456+00:00',0,'operation.checkout','{"kit":"32S-02","note":"Коловорот остался в ангаре","result":{"detected_tools":[{"confidence":0.875}],"missing_tools":["brace"],"status":"discrepancy"}}',1,'9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4','5220137f2bbab11b6409fcdb380cad3352014f8367d4a1dd7666f5e974edf2b0','b68b74037e9dfe0a985c5d8928e5b5f4578447aead3e944f664b40cee7c16c45','b5a6a055e64d8d5ceab73097f419ec6844672f7f782758e6edcc21fdfb0eca65',NULL);
INSERT INTO "journal" VALUES(3,'01a21b82-5f37-7476-8412-f4ef109b127c','station-1','1772433215123-000000','2026-03-02T06:33:35.123456+00:00',0,'operation.checkin','{"kit":"32S-01","note":"Коловорот остался в ангаре","result":{"detected_tools":[{"confidence":0.875}],"missing_tools":["brace"],"status":"discrepancy"}}',1,'9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4','b68b74037e9dfe0a985c5d8928e5b5f4578447aead3e944f664b40cee7c16c45','792ea98acd98395027b4e399c574669dfe27b61dc5b6f8a7c30e7b2044beb1f1','1f54ccd23d31fde30876ff0455b76dd7f567b2f8e8bacd069645aa19b84c6d43',NULL);
INSERT INTO "journal" VALUES(4,'01a21b82-5f37-7477-a2ab-51b8644bd621','station-1','1772433275123-000000','2026-03-02T06:34:35.123456+00:00',0,'operation.checkout','{"kit":"32S-01","note":"Коловорот остался в ангаре","result":{"detected_tools":[{"confidence":0.875}],"missing_tools":["brace"],"status":"discrepancy"}}',1,'9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4','792ea98acd98395027b4e399c574669dfe27b61dc5b6f8a7c30e7b2044beb1f1','8b0df81aba263c3b4edbd651163ecdc75787f446f198f9ccd0580e6a8e5fc4b5','19524bdb480b148575a346bc7af3a344d138c3ed47893b6fef7d3495e2dda61a',NULL);
CREATE TABLE journal_head (
	site_id VARCHAR(64) NOT NULL, 
	site_seq INTEGER NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	hlc VARCHAR(32) NOT NULL, heard VARCHAR(32) DEFAULT '0000000000000-000000' NOT NULL, 
	CONSTRAINT pk_journal_head PRIMARY KEY (site_id)
);
INSERT INTO "journal_head" VALUES('station-1',4,'8b0df81aba263c3b4edbd651163ecdc75787f446f198f9ccd0580e6a8e5fc4b5','1772433275123-000000','0000000000000-000000');
CREATE TABLE journal_sample (
	sample_id INTEGER NOT NULL, 
	about VARCHAR NOT NULL, 
	since_seq INTEGER NOT NULL, 
	content BLOB NOT NULL, 
	CONSTRAINT pk_journal_sample PRIMARY KEY (sample_id)
);
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
INSERT INTO "operation" VALUES(1,'01a21b82-5f2a-7666-8d5a-b687743705ac','station-1','checkout','RRJ/737/32S','32S-01','32s-01','DEMO-TECH','demo-tech','Пётр Ильич Щёголев','2026-03-02T06:31:15.123456+00:00','2026-03-02T06:31:35.123456+00:00',180,'discrepancy','discrepancy',75.0,'{"status": "discrepancy", "missing_tools": ["brace"], "detected_tools": [{"confidence": 0.875}]}','@1','[["pliers", 1, "found", false, "", "", "", ""], ["brace", 1, "missing", true, "", "", "", ""]]','def64bed5a79baef3d3f9743de964225c671352a98875faed4877fe3addb127a','48ab92d6e716a09aa3c1331c5d6b561b60f6763683673d31d1d591c61ec435bf','kit11_first','@3','0.1.0','Коловорот остался в ангаре',NULL,'01a21b82-5f37-7476-8412-f4ef109b127c','DEMO-STORE','DEMO-LEAD','WO-17','RA-89001','2026-03-02T14:31:15.123456+00:00','@2','DEMO-TECH','demo-tech','Пётр Ильич Щёголев','[{"badge": "DEMO-LEAD", "reason": "вылет через час"}]','["C2026-0001"]','[]','','',0);
INSERT INTO "operation" VALUES(2,'01a21b82-5f36-75fb-89d2-64e12db35639','station-1','checkout','RRJ/737/32S','32S-02','32s-02','DEMO-TECH','demo-tech','Пётр Ильич Щёголев','2026-03-02T06:32:15.123456+00:00','2026-03-02T06:32:35.123456+00:00',180,'discrepancy','discrepancy',75.0,'{"status": "discrepancy", "missing_tools": ["brace"], "detected_tools": [{"confidence": 0.875}]}','@1','[["pliers", 1, "found", false, "", "", "", ""], ["brace", 1, "missing", true, "", "", "", ""]]','eb69c25598094e2422f29b0b53494a935f0dc507afe9a1bece9d18f369be4f24','f1fb74a3a6df8f08c867425dbc3b0e41b6473642ed95a677e52661d1740a867a','kit11_first','@3','0.1.0','Коловорот остался в ангаре',NULL,NULL,'DEMO-STORE','DEMO-LEAD','WO-17','RA-89001','2026-03-02T14:32:15.123456+00:00','@2','DEMO-TECH','demo-tech','Пётр Ильич Щёголев','[{"badge": "DEMO-LEAD", "reason": "вылет через час"}]','["C2026-0001"]','[]','','',0);
INSERT INTO "operation" VALUES(3,'01a21b82-5f37-7476-8412-f4ef109b127c','station-1','checkin','RRJ/737/32S','32S-01','32s-01','DEMO-TECH','demo-tech','Пётр Ильич Щёголев','2026-03-02T06:33:15.123456+00:00','2026-03-02T06:33:35.123456+00:00',180,'discrepancy','discrepancy',75.0,'{"status": "discrepancy", "missing_tools": ["brace"], "detected_tools": [{"confidence": 0.875}]}','@1','[["pliers", 1, "found", false, "", "", "", ""], ["brace", 1, "missing", true, "", "", "", ""]]','20a42019d2616588b541dbf67c3be1aed4d59322b4b0c32369975a9e401e2ad7','625499d12cb86dd18b73546a9f12e2a719eed396177ff1952a902ec5789308a8','kit11_first','@3','0.1.0','Коловорот остался в ангаре','01a21b82-5f2a-7666-8d5a-b687743705ac',NULL,'DEMO-STORE','DEMO-LEAD','WO-17','RA-89001','2026-03-02T14:33:15.123456+00:00','{}','','','','[{"badge": "DEMO-LEAD", "reason": "вылет через час"}]','["C2026-0001"]','[]','','',0);
INSERT INTO "operation" VALUES(4,'01a21b82-5f37-7477-a2ab-51b8644bd621','station-1','checkout','RRJ/737/32S','32S-01','32s-01','DEMO-TECH','demo-tech','Пётр Ильич Щёголев','2026-03-02T06:34:15.123456+00:00','2026-03-02T06:34:35.123456+00:00',180,'discrepancy','discrepancy',75.0,'{"status": "discrepancy", "missing_tools": ["brace"], "detected_tools": [{"confidence": 0.875}]}','@1','[["pliers", 1, "found", false, "", "", "", ""], ["brace", 1, "missing", true, "", "", "", ""]]','1688a363ec7a5063ebfffc93282f989282c1f68ca0a78c9b13281a2ecde74899','bbae008d19a558778d0bb4aa74574bf8ca7d09f56f4d2cd054fe99420b9e4aa5','kit11_first','@3','0.1.0','Коловорот остался в ангаре',NULL,NULL,'DEMO-STORE','DEMO-LEAD','WO-17','RA-89001','2026-03-02T14:34:15.123456+00:00','@2','DEMO-TECH','demo-tech','Пётр Ильич Щёголев','[{"badge": "DEMO-LEAD", "reason": "вылет через час"}]','["C2026-0001"]','[]','','',0);
CREATE TABLE operation_words (
	words_id INTEGER NOT NULL, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_operation_words PRIMARY KEY (words_id), 
	CONSTRAINT uq_operation_words_words UNIQUE (words)
);
INSERT INTO "operation_words" VALUES(1,'{"pliers": 2, "brace": 1, "adjustable_wrench": 1}');
INSERT INTO "operation_words" VALUES(2,'{"pliers": 1}');
INSERT INTO "operation_words" VALUES(3,'9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4');
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
CREATE INDEX ix_journal_sample_about ON journal_sample (about, sample_id);
CREATE TRIGGER journal_sample_never_changes BEFORE UPDATE ON journal_sample
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_sample_never_shrinks BEFORE DELETE ON journal_sample
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_sample_has_no_gaps BEFORE INSERT ON journal_sample
    WHEN NEW.sample_id IS NOT (SELECT coalesce(max(sample_id), 0) + 1 FROM journal_sample)
    BEGIN SELECT RAISE(ABORT, 'the journal continues after its last entry'); END;
CREATE INDEX ix_history_kit ON history (kit);
CREATE INDEX ix_history_toolkit ON history (toolkit);
CREATE INDEX ix_history_aircraft ON history (aircraft);
CREATE INDEX ix_history_work_order ON history (work_order);
CREATE INDEX ix_history_model ON history (model);
CREATE INDEX ix_history_type ON history (type);
CREATE INDEX ix_history_status ON history (status);
CREATE INDEX ix_history_final_status ON history (final_status);
CREATE INDEX ix_history_counted ON history (site_seq) WHERE counted = true;
CREATE INDEX ix_history_owed ON history (site_seq) WHERE owed = true;
CREATE INDEX ix_history_with_case ON history (site_seq) WHERE with_case = true;
CREATE INDEX ix_history_overridden ON history (site_seq) WHERE overridden = true;
CREATE INDEX ix_history_not_first_pass ON history (site_seq) WHERE first_pass = false;
CREATE INDEX ix_history_finding_finding ON history_finding (finding, site_seq);
CREATE INDEX ix_history_finding_tool_class ON history_finding (tool_class, site_seq);
CREATE INDEX ix_history_finding_marking ON history_finding (marking_key, site_seq) WHERE marking_key <> '';
CREATE INDEX ix_operation_not_joined ON operation (site_seq) WHERE checkout_unknown = true AND closes IS NULL;
CREATE INDEX ix_reference_not_applied ON reference (kind, "key") WHERE applied = false;
CREATE INDEX ix_elsewhere_custody_kit_key ON elsewhere_custody (kit_key) WHERE closed_by IS NULL;
CREATE INDEX ix_elsewhere_custody_holder_key ON elsewhere_custody (holder_key) WHERE closed_by IS NULL;
CREATE INDEX ix_elsewhere_case_open ON elsewhere_case (kit_key) WHERE state <> 'released';
CREATE INDEX ix_centre_file_wanted ON centre_file (wanted_at) WHERE held < size OR size = 0;
COMMIT;
