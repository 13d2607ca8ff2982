BEGIN TRANSACTION;
CREATE TABLE agencies (
	id VARCHAR(64) NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	slots INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE ("key")
);
INSERT INTO "agencies" VALUES('cong-an-1','H10.1',20);
INSERT INTO "agencies" VALUES('so-xay-dung-1','H11.1',20);
CREATE TABLE attachments (
	office VARCHAR(64) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	device VARCHAR(64) NOT NULL, 
	epoch INTEGER NOT NULL, 
	seq BIGINT NOT NULL, 
	size BIGINT NOT NULL, 
	number_key VARCHAR(64), 
	PRIMARY KEY (office, sha256, device, epoch, seq)
);
CREATE TABLE bound_receipts (
	slip VARCHAR(64) NOT NULL, 
	office VARCHAR(64) NOT NULL, 
	position BIGINT NOT NULL, 
	form VARCHAR(64) NOT NULL, 
	symbol VARCHAR(64) NOT NULL, 
	number VARCHAR(64) NOT NULL, 
	lookup VARCHAR(64) NOT NULL, 
	said_at BIGINT NOT NULL, 
	PRIMARY KEY (slip, office, position), 
	UNIQUE (symbol, number, form)
);
CREATE TABLE branches (
	device VARCHAR(64) NOT NULL, 
	epoch INTEGER NOT NULL, 
	seq BIGINT NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	reason VARCHAR(64) NOT NULL, 
	sender VARCHAR(64) NOT NULL, 
	signature BLOB NOT NULL, 
	payload BLOB NOT NULL, 
	kept_at VARCHAR(32) NOT NULL, 
	PRIMARY KEY (device, epoch, seq, hash)
);
CREATE TABLE bridge_cursors (
	office VARCHAR(64) NOT NULL, 
	position BIGINT NOT NULL, 
	PRIMARY KEY (office)
);
CREATE TABLE bridge_dossiers (
	number_key VARCHAR(64) NOT NULL, 
	office VARCHAR(64) NOT NULL, 
	number VARCHAR(64) NOT NULL, 
	device VARCHAR(64) NOT NULL, 
	epoch INTEGER NOT NULL, 
	seq BIGINT NOT NULL, 
	held VARCHAR(64), 
	lacking INTEGER NOT NULL, 
	PRIMARY KEY (number_key)
);
CREATE TABLE bridge_exchanges (
	id VARCHAR(80) NOT NULL, 
	number_key VARCHAR(64) NOT NULL, 
	service VARCHAR(32) NOT NULL, 
	ask VARCHAR(16) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	outcome VARCHAR(16) NOT NULL, 
	code VARCHAR(64) NOT NULL, 
	answer TEXT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE bridge_lines (
	number_key VARCHAR(64) NOT NULL, 
	office VARCHAR(64) NOT NULL, 
	position BIGINT NOT NULL, 
	incarnation VARCHAR(64) NOT NULL, 
	PRIMARY KEY (number_key, office, position)
);
CREATE TABLE bridge_notes (
	name VARCHAR(32) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE bridge_queue (
	number_key VARCHAR(64) NOT NULL, 
	service VARCHAR(32) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	changes INTEGER NOT NULL, 
	since VARCHAR(32) NOT NULL, 
	next_try VARCHAR(32) NOT NULL, 
	attempts INTEGER NOT NULL, 
	is_unsure BOOLEAN NOT NULL, 
	claim VARCHAR(64), 
	claimed_until VARCHAR(32), 
	reason TEXT, 
	answer TEXT, 
	code VARCHAR(64), 
	sent_at VARCHAR(32), 
	sent_digest VARCHAR(64), 
	sent_status VARCHAR(8), 
	sent_rows TEXT, 
	cuts TEXT, 
	heard_status VARCHAR(8), 
	asked_at VARCHAR(32), 
	PRIMARY KEY (number_key, service)
);
CREATE TABLE contacts (
	device VARCHAR(64) NOT NULL, 
	epoch INTEGER NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	said_seq BIGINT NOT NULL, 
	position BIGINT NOT NULL, 
	clock_offset_ms BIGINT, 
	PRIMARY KEY (device, epoch)
);
CREATE TABLE devices (
	id VARCHAR(64) NOT NULL, 
	office VARCHAR(64) NOT NULL, 
	counter VARCHAR(200) NOT NULL, 
	current_epoch INTEGER NOT NULL, 
	revoked_upto INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (office, counter), 
	FOREIGN KEY(office) REFERENCES offices (id)
);
INSERT INTO "devices" VALUES('cn103yq2d49','bc-1','Quầy 1',1,0);
INSERT INTO "devices" VALUES('cnkzmw8mqtw','bc-1','Quầy 2',1,0);
INSERT INTO "devices" VALUES('ch61nqn0a9m','bc-1','Quầy 4',1,0);
CREATE TABLE enrol_codes (
	id VARCHAR(8) NOT NULL, 
	secret_hash BLOB NOT NULL, 
	office VARCHAR(64) NOT NULL, 
	counter VARCHAR(200) NOT NULL, 
	expires_at VARCHAR(32) NOT NULL, 
	tries INTEGER NOT NULL, 
	used_by VARCHAR(64), 
	used_epoch INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(office) REFERENCES offices (id)
);
INSERT INTO "enrol_codes" VALUES('R94H',X'221B090057FAE49A64C264F0899C9CD1214E187C66242A8800F7D5643AF6372B','bc-1','Quầy 1','2026-11-22T09:08:45.888Z',0,'cn103yq2d49',1);
INSERT INTO "enrol_codes" VALUES('WPP1',X'ABEE7C987C8FCA45805E8F9F755CBE4C911D48CD47994A9BAC05B6CBB58D3088','bc-1','Quầy 2','2026-11-22T09:08:46.410Z',0,'cnkzmw8mqtw',1);
INSERT INTO "enrol_codes" VALUES('C7RD',X'FE514096BEBE78187530C8457BB00F972860B1A741FBAD86D8BDDFA7511FA622','bc-1','Quầy 4','2026-11-22T09:08:46.778Z',0,'ch61nqn0a9m',1);
CREATE TABLE epochs (
	device VARCHAR(64) NOT NULL, 
	epoch INTEGER NOT NULL, 
	public_key BLOB NOT NULL, 
	token_hash BLOB NOT NULL, 
	head_seq BIGINT NOT NULL, 
	head_hash VARCHAR(64) NOT NULL, 
	request VARCHAR(64), 
	device_name VARCHAR(200) NOT NULL, 
	app VARCHAR(64) NOT NULL, 
	machine_hint VARCHAR(200) NOT NULL, 
	started_at VARCHAR(32) NOT NULL, 
	last_contact VARCHAR(32) NOT NULL, 
	PRIMARY KEY (device, epoch), 
	UNIQUE (device, request), 
	FOREIGN KEY(device) REFERENCES devices (id), 
	UNIQUE (token_hash)
);
INSERT INTO "epochs" VALUES('cn103yq2d49',1,X'D6D8CF634EDB7197BBE37E4035534366E5D948FF3F6E1B745E833A408CF217E3',X'1216AC6AC2372C67DEFA46588EE1B9D6CC4A11640CCFBA79CD6D669C3DF8A14F',0,'0000000000000000000000000000000000000000000000000000000000000000',NULL,'PC thử','0.1.0','','2026-11-22T08:58:45.990Z','2026-11-22T08:58:45.990Z');
INSERT INTO "epochs" VALUES('cnkzmw8mqtw',1,X'3FBA37A964CE3ACB99E922ADED7457EFC4593895BE869DFB13FF5BA49F66C71C',X'64A2AC3225AB9768DD7CCD3D13296440BCB579F9F34E056083AB4342059B57DB',0,'0000000000000000000000000000000000000000000000000000000000000000',NULL,'PC thử','0.1.0','','2026-11-22T08:58:46.468Z','2026-11-22T08:58:46.468Z');
INSERT INTO "epochs" VALUES('ch61nqn0a9m',1,X'45BB1B3976647B41510A4F1A9FE0C051BA5810F3C660BC7A00A2369E0A3091B3',X'09EBD6814F54286ED94A623BB977AFCB25B4BBF7514195C75A2B994A6D345C84',0,'0000000000000000000000000000000000000000000000000000000000000000',NULL,'PC thử','0.1.0','','2026-11-22T08:58:46.818Z','2026-11-22T08:58:46.818Z');
CREATE TABLE feed_entries (
	office VARCHAR(64) NOT NULL, 
	position BIGINT NOT NULL, 
	kind VARCHAR(64) NOT NULL, 
	actor VARCHAR(64) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	number VARCHAR(64), 
	body TEXT NOT NULL, 
	PRIMARY KEY (office, position)
);
CREATE TABLE leased_days (
	agency VARCHAR(64) NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	slot INTEGER NOT NULL, 
	device VARCHAR(64) NOT NULL, 
	epoch INTEGER NOT NULL, 
	PRIMARY KEY (agency, day, slot)
);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-22',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-23',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-24',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-25',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-26',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-27',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-28',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-29',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-30',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-01',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-02',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-03',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-04',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-05',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-06',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-07',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-08',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-09',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-10',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-11',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-12',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-13',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-14',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-15',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-16',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-17',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-18',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-19',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-20',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-21',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-22',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-23',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-24',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-25',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-26',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-27',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-28',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-29',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-30',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-31',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-01',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-02',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-03',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-04',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-05',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-22',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-23',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-24',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-25',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-26',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-27',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-28',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-29',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-30',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-01',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-02',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-03',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-04',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-05',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-06',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-07',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-08',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-09',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-10',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-11',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-12',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-13',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-14',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-15',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-16',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-17',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-18',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-19',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-20',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-21',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-22',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-23',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-24',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-25',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-26',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-27',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-28',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-29',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-30',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-31',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-01',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-02',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-03',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-04',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-05',0,'cn103yq2d49',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-22',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-23',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-24',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-25',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-26',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-27',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-28',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-29',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-30',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-01',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-02',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-03',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-04',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-05',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-06',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-07',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-08',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-09',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-10',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-11',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-12',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-13',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-14',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-15',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-16',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-17',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-18',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-19',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-20',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-21',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-22',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-23',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-24',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-25',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-26',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-27',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-28',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-29',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-30',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-31',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-01',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-02',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-03',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-04',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-05',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-22',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-23',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-24',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-25',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-26',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-27',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-28',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-29',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-30',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-01',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-02',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-03',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-04',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-05',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-06',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-07',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-08',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-09',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-10',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-11',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-12',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-13',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-14',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-15',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-16',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-17',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-18',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-19',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-20',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-21',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-22',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-23',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-24',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-25',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-26',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-27',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-28',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-29',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-30',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-31',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-01',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-02',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-03',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-04',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-05',1,'cnkzmw8mqtw',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-22',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-23',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-24',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-25',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-26',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-27',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-28',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-29',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-30',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-01',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-02',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-03',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-04',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-05',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-06',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-07',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-08',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-09',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-10',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-11',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-12',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-13',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-14',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-15',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-16',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-17',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-18',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-19',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-20',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-21',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-22',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-23',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-24',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-25',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-26',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-27',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-28',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-29',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-30',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-31',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-01',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-02',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-03',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-04',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-05',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-22',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-23',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-24',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-25',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-26',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-27',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-28',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-29',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-30',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-01',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-02',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-03',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-04',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-05',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-06',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-07',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-08',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-09',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-10',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-11',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-12',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-13',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-14',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-15',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-16',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-17',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-18',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-19',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-20',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-21',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-22',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-23',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-24',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-25',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-26',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-27',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-28',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-29',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-30',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-31',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-01',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-02',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-03',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-04',2,'ch61nqn0a9m',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-05',2,'ch61nqn0a9m',1);
CREATE TABLE leases (
	lease_id VARCHAR(200) NOT NULL, 
	agency VARCHAR(64) NOT NULL, 
	slot INTEGER NOT NULL, 
	device VARCHAR(64) NOT NULL, 
	epoch INTEGER NOT NULL, 
	date_from VARCHAR(10) NOT NULL, 
	date_to VARCHAR(10) NOT NULL, 
	is_extra BOOLEAN NOT NULL, 
	payload TEXT NOT NULL, 
	signature BLOB NOT NULL, 
	PRIMARY KEY (lease_id)
);
INSERT INTO "leases" VALUES('cong-an-1/261122/0','cong-an-1',0,'cn103yq2d49',1,'2026-11-22','2027-01-05',0,'{"agency":"cong-an-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"cn103yq2d49","epoch":1,"hi":499,"lease_id":"cong-an-1/261122/0","lo":1}',X'96E956C9D0310B7F164C54B1E4A5C79786A0EF0F4D89F996A313BDC630B2AD467004DB790AB50B6D7E7DDB6F113B9F31B9AE3CAFBDC5044EE76C08CEC060F00E');
INSERT INTO "leases" VALUES('so-xay-dung-1/261122/0','so-xay-dung-1',0,'cn103yq2d49',1,'2026-11-22','2027-01-05',0,'{"agency":"so-xay-dung-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"cn103yq2d49","epoch":1,"hi":499,"lease_id":"so-xay-dung-1/261122/0","lo":1}',X'E3CA4D51B0CDA681CA33EC5F17E5C839B2CAE3D4A9B28EDD223B818B1B21FFD0503EA8FD1CC11407B449D897D8C6640A24566DC7A97DADEEA7D9A366C45FF702');
INSERT INTO "leases" VALUES('cong-an-1/261122/1','cong-an-1',1,'cnkzmw8mqtw',1,'2026-11-22','2027-01-05',0,'{"agency":"cong-an-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"cnkzmw8mqtw","epoch":1,"hi":998,"lease_id":"cong-an-1/261122/1","lo":500}',X'BBE3FEA062B8247EC6A65C56B82AD56A81BCEEBB79F1E4C4A0A44853E0CB79848534FBC975609DD958DD49F7AB1D6FD3FE9783A44F1D22537B8EB4A366204900');
INSERT INTO "leases" VALUES('so-xay-dung-1/261122/1','so-xay-dung-1',1,'cnkzmw8mqtw',1,'2026-11-22','2027-01-05',0,'{"agency":"so-xay-dung-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"cnkzmw8mqtw","epoch":1,"hi":998,"lease_id":"so-xay-dung-1/261122/1","lo":500}',X'1A5893FF70C20B29E6B6D50552ABBD9BBC5F2C207CEEBC5F6F0A8151B519AD619152B776E1038ADA624C497FF48B3B10CE0E000FDD6553C2C9F17D717A60930C');
INSERT INTO "leases" VALUES('cong-an-1/261122/2','cong-an-1',2,'ch61nqn0a9m',1,'2026-11-22','2027-01-05',0,'{"agency":"cong-an-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"ch61nqn0a9m","epoch":1,"hi":1497,"lease_id":"cong-an-1/261122/2","lo":999}',X'028FA2EA503792CBB6E79AB5A6105AD8BDBF15D6C55ED9289B4139DBDDEDB9D8400CDF28E0209F7C873797B0AB69BE6C6945B53EB330024EB79A3BFF07AF8E0A');
INSERT INTO "leases" VALUES('so-xay-dung-1/261122/2','so-xay-dung-1',2,'ch61nqn0a9m',1,'2026-11-22','2027-01-05',0,'{"agency":"so-xay-dung-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"ch61nqn0a9m","epoch":1,"hi":1497,"lease_id":"so-xay-dung-1/261122/2","lo":999}',X'FE2F871DBBA74FF4EB9F3E0F8DB92B2DF8385386A371EAD92C51EBE18E6ED22C7D349429A1E634865D386E8EE433F9D0EA147C493BD819A8D53C041B6DA6A300');
CREATE TABLE mentions (
	office VARCHAR(64) NOT NULL, 
	number_key VARCHAR(64) NOT NULL, 
	position BIGINT NOT NULL, 
	type VARCHAR(64), 
	business_date VARCHAR(10), 
	PRIMARY KEY (office, number_key, position)
);
CREATE TABLE nonces (
	device VARCHAR(64) NOT NULL, 
	nonce VARCHAR(64) NOT NULL, 
	created BIGINT NOT NULL, 
	PRIMARY KEY (device, nonce)
);
INSERT INTO "nonces" VALUES('cn103yq2d49','Zal4Jio4BPh4ith9CaXF7mSlUMfSp4Eu',1795337924);
INSERT INTO "nonces" VALUES('cnkzmw8mqtw','shGxnSxtHb92f-nEWJwrwD4izdMuBlkB',1795337926);
INSERT INTO "nonces" VALUES('ch61nqn0a9m','i1XlcdFequCKkVVna5yW3lMaY0jWnmh7',1795337926);
CREATE TABLE offices (
	id VARCHAR(64) NOT NULL, 
	content TEXT NOT NULL, 
	feed_head BIGINT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "offices" VALUES('bc-1','{"agencies": [{"code": "H10.1", "id": "cong-an-1", "name": "Công an tỉnh Mẫu", "slots": 20}, {"code": "H11.1", "id": "so-xay-dung-1", "name": "Sở Xây dựng tỉnh Mẫu", "slots": 20}], "clerks": [{"accounts": {"cong-an": "mau.ca", "so-xay-dung": "mau.xd"}, "id": "nv1", "name": "Trần Thị Mẫu"}, {"accounts": {"cong-an": "thu.ca", "so-xay-dung": "thu.xd"}, "id": "nv2", "name": "Lê Văn Thử"}], "code_pattern": "{org}-{yymmdd}-{n:4}", "contact": "Bưu cục Mẫu, Xã Thử", "counters": ["Quầy 1", "Quầy 2", "Quầy 3", "Quầy 4"], "id": "bc-1", "lookup": "tracuu.mau.example", "name": "Bưu cục Mẫu", "number_suffix": "/BPMC", "phone": "0200 000 000", "place": "Xã Thử", "superior": "BƯU ĐIỆN TỈNH MẪU", "unit": "BỘ PHẬN MỘT CỬA XÃ THỬ"}',0);
CREATE TABLE operation_keys (
	kind VARCHAR(8) NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	office VARCHAR(64) NOT NULL, 
	position BIGINT NOT NULL, 
	PRIMARY KEY (kind, "key")
);
CREATE TABLE operations (
	office VARCHAR(64) NOT NULL, 
	device VARCHAR(64) NOT NULL, 
	epoch INTEGER NOT NULL, 
	seq BIGINT NOT NULL, 
	branch INTEGER NOT NULL, 
	position BIGINT NOT NULL, 
	op_id VARCHAR(64), 
	number VARCHAR(64), 
	number_key VARCHAR(64), 
	agency VARCHAR(64), 
	type VARCHAR(64), 
	business_date VARCHAR(10), 
	sealed BOOLEAN NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	signature BLOB NOT NULL, 
	payload BLOB NOT NULL, 
	taken_at VARCHAR(32) NOT NULL, 
	CONSTRAINT operations_place PRIMARY KEY (office, device, epoch, seq, branch), 
	CONSTRAINT operations_position UNIQUE (office, position)
);
CREATE TABLE operator_acts (
	id VARCHAR(64) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	operator VARCHAR(200) NOT NULL, 
	act VARCHAR(64) NOT NULL, 
	about TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE operators (
	name VARCHAR(200) NOT NULL, 
	token_hash BLOB NOT NULL, 
	since VARCHAR(32) NOT NULL, 
	ended_at VARCHAR(32), 
	PRIMARY KEY (name), 
	UNIQUE (token_hash)
);
CREATE TABLE packages (
	kind VARCHAR(64) NOT NULL, 
	version VARCHAR(64) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	valid_from VARCHAR(10) NOT NULL, 
	size BIGINT NOT NULL, 
	signature BLOB NOT NULL, 
	zipped BLOB NOT NULL, 
	added_at VARCHAR(32) NOT NULL, 
	PRIMARY KEY (kind, version)
);
INSERT INTO "packages" VALUES('catalogue','thử-2','d2d0267ed33254a7a9128c3256d12a2de581e244309b63ae177629f966a26d28','2026-01-01',1591,X'9B0B27526235198902F6B9C349B3519DFA02A9A461F56B6B69F01288A6FF57461344947FDC3B9C00542719C689778C2E97A33CF590C751E7A34D24FEBDD70608',X'1F8B0800000000000203C5544D6BD54014FD2BC3AC14929AE4D92EBAD44D175A0A3E442852A69379C9D064264D32CF86D2950B1157AE444AD1B69462B550411012C4454AFFC7FC13EFCCFB68FA5EA93BCD26C9CC9D73EF39F7DCD9C52462827256E0E5F55DCC43BC8CA914914B84EB6307169828F980B3DC04E015DF5BF0F14B07276CC812882D75F356C4102848CAE0FF71FB4344880834DA404F75FD55E13D670C5D487787546EA820C3ADF0FEDDF0CF74F309BD688F2A14EAE63B64BA99064E0E649E92122FFB0ECE724959A8F231374BB49AE1474931DEA6323419CCE2804D8EA45209000B3CF338788B0BC302F6B1A93122C9C626293804E37E6C9997571728B5C54C6B5E8BDB7344757D92A12CE6BAFE3D2A742AD82112717B24E040CEB615CF590A9ACCD704BCE0D312459EFFA0BFA29B6FD749FABA39405B31E1A86ACF944977AAD0BD517419EBE6FC3EC4CA9C475C9004C07DD312CA722B7E68E51A270BAE411FE9FA58A08248442F5F0B44AF2E74B34F512C75FD135EBAF988E8849133ADB667649599B55430C5D2F511F4E961FB61C9B22FB959DDC54A70D01787A4825343922858F5BD3D1332815B00E97B3D830AA52646FF27ED2F94E8E61D8DADDE59DC1E66B0BDC5AA57320FAD93926948C74EEB133F75E4B77D591BB140C92DC04011F8DBE686D026F49CEBE64D8956496A494F5D356BED5B9D35CEBA1AB79F91B172CEDB33004E74DDFCEBFECF3701C40383471B379AB1D8ED85BFE0F9BD2058ECF4A2338C785E6807EFB4C7737247A0F64965E4FD92A19DCE34A7E02F7E53D6BF0EEB043956B682FFACA190825D8B275492CCE8671EBFA35FDF00E3BB2C6A224ECD457742A13A6BC46D55A1CBF76054182953D9018769AC0F851DAD4C6D26BC88CD54E3C00B965CCF776DCA42AA9C1A442E86200F0B1108824A568052B6641E6E0C7299CE9E1BC2EDCCA530D7B129D60DF0DE1FB14B7B8337060000','2026-11-22T08:58:44.778Z');
CREATE TABLE province (
	id INTEGER NOT NULL, 
	incarnation VARCHAR(64) NOT NULL, 
	public_key BLOB NOT NULL, 
	min_app VARCHAR(64) NOT NULL, 
	unsettled_since VARCHAR(32), 
	PRIMARY KEY (id)
);
INSERT INTO "province" VALUES(1,'8151a955372b428a817dd284ab3c069e',X'07716AFEF03B5E4AF012FFC591BB78A555FEE79679A919A89BCE437A008AE7C4','0',NULL);
CREATE TABLE restores (
	at VARCHAR(32) NOT NULL, 
	incarnation VARCHAR(64) NOT NULL, 
	PRIMARY KEY (at)
);
CREATE TABLE revocations (
	kind VARCHAR(64) NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	since VARCHAR(32) NOT NULL, 
	PRIMARY KEY (kind, id)
);
CREATE TABLE schema_steps (
	step INTEGER NOT NULL, 
	done_at VARCHAR(32) NOT NULL, 
	PRIMARY KEY (step)
);
INSERT INTO "schema_steps" VALUES(1,'2026-11-22T08:58:44.022Z');
INSERT INTO "schema_steps" VALUES(2,'2026-11-22T08:58:44.022Z');
INSERT INTO "schema_steps" VALUES(3,'2026-11-22T08:58:44.022Z');
INSERT INTO "schema_steps" VALUES(4,'2026-11-22T08:58:44.022Z');
INSERT INTO "schema_steps" VALUES(5,'2026-11-22T08:58:44.022Z');
INSERT INTO "schema_steps" VALUES(6,'2026-11-22T08:58:44.022Z');
INSERT INTO "schema_steps" VALUES(7,'2026-11-22T08:58:44.022Z');
INSERT INTO "schema_steps" VALUES(8,'2026-11-22T08:58:44.022Z');
INSERT INTO "schema_steps" VALUES(9,'2026-11-22T08:58:44.022Z');
INSERT INTO "schema_steps" VALUES(10,'2026-11-22T08:58:44.022Z');
INSERT INTO "schema_steps" VALUES(11,'2026-11-22T08:58:44.022Z');
INSERT INTO "schema_steps" VALUES(12,'2026-11-22T08:58:44.022Z');
CREATE TABLE signers (
	device VARCHAR(64) NOT NULL, 
	epoch INTEGER NOT NULL, 
	since VARCHAR(32) NOT NULL, 
	PRIMARY KEY (device, epoch)
);
INSERT INTO "signers" VALUES('cn103yq2d49',1,'2026-11-22T08:58:46.178Z');
INSERT INTO "signers" VALUES('cnkzmw8mqtw',1,'2026-11-22T08:58:46.562Z');
INSERT INTO "signers" VALUES('ch61nqn0a9m',1,'2026-11-22T08:58:46.943Z');
CREATE TABLE signing_began (
	"after" VARCHAR(32) NOT NULL, 
	PRIMARY KEY ("after")
);
INSERT INTO "signing_began" VALUES('');
CREATE TABLE slips (
	slip VARCHAR(64) NOT NULL, 
	office VARCHAR(64) NOT NULL, 
	position BIGINT NOT NULL, 
	PRIMARY KEY (slip, office, position)
);
CREATE TABLE stored_files (
	sha256 VARCHAR(64) NOT NULL, 
	size BIGINT NOT NULL, 
	device VARCHAR(64) NOT NULL, 
	stored_at VARCHAR(32) NOT NULL, 
	PRIMARY KEY (sha256)
);
CREATE TABLE taken_bundles (
	device VARCHAR(64) NOT NULL, 
	epoch INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	made_at VARCHAR(64) NOT NULL, 
	taken_at VARCHAR(32) NOT NULL, 
	taken INTEGER NOT NULL, 
	already INTEGER NOT NULL, 
	left_out INTEGER NOT NULL, 
	files INTEGER NOT NULL, 
	files_left INTEGER NOT NULL, 
	file_bytes BIGINT NOT NULL, 
	PRIMARY KEY (sha256, taken_at)
);
CREATE TABLE uploads (
	office VARCHAR(64) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	size BIGINT NOT NULL, 
	"offset" BIGINT NOT NULL, 
	draft VARCHAR(64) NOT NULL, 
	device VARCHAR(64) NOT NULL, 
	began_at VARCHAR(32) NOT NULL, 
	touched_at VARCHAR(32) NOT NULL, 
	failures INTEGER NOT NULL, 
	PRIMARY KEY (office, sha256)
);
CREATE INDEX operations_number ON operations (number_key);
CREATE INDEX feed_entries_number ON feed_entries (number);
CREATE INDEX leases_holder ON leases (device, epoch, agency);
CREATE INDEX leased_days_holder ON leased_days (device, epoch, agency, day);
CREATE TRIGGER operations_no_update BEFORE UPDATE ON operations BEGIN SELECT RAISE(ABORT, 'append only: operations'); END;
CREATE TRIGGER operations_no_delete BEFORE DELETE ON operations BEGIN SELECT RAISE(ABORT, 'append only: operations'); END;
CREATE TRIGGER operation_keys_no_update BEFORE UPDATE ON operation_keys BEGIN SELECT RAISE(ABORT, 'append only: operation_keys'); END;
CREATE TRIGGER operation_keys_no_delete BEFORE DELETE ON operation_keys BEGIN SELECT RAISE(ABORT, 'append only: operation_keys'); END;
CREATE TRIGGER branches_no_update BEFORE UPDATE ON branches BEGIN SELECT RAISE(ABORT, 'append only: branches'); END;
CREATE TRIGGER branches_no_delete BEFORE DELETE ON branches BEGIN SELECT RAISE(ABORT, 'append only: branches'); END;
CREATE TRIGGER feed_entries_no_update BEFORE UPDATE ON feed_entries BEGIN SELECT RAISE(ABORT, 'append only: feed_entries'); END;
CREATE TRIGGER feed_entries_no_delete BEFORE DELETE ON feed_entries BEGIN SELECT RAISE(ABORT, 'append only: feed_entries'); END;
CREATE TRIGGER leases_no_update BEFORE UPDATE ON leases BEGIN SELECT RAISE(ABORT, 'append only: leases'); END;
CREATE TRIGGER leases_no_delete BEFORE DELETE ON leases BEGIN SELECT RAISE(ABORT, 'append only: leases'); END;
CREATE TRIGGER leased_days_no_update BEFORE UPDATE ON leased_days BEGIN SELECT RAISE(ABORT, 'append only: leased_days'); END;
CREATE TRIGGER leased_days_no_delete BEFORE DELETE ON leased_days BEGIN SELECT RAISE(ABORT, 'append only: leased_days'); END;
CREATE TRIGGER restores_no_update BEFORE UPDATE ON restores BEGIN SELECT RAISE(ABORT, 'append only: restores'); END;
CREATE TRIGGER restores_no_delete BEFORE DELETE ON restores BEGIN SELECT RAISE(ABORT, 'append only: restores'); END;
CREATE INDEX attachments_number ON attachments (number_key);
CREATE TRIGGER attachments_no_update BEFORE UPDATE ON attachments BEGIN SELECT RAISE(ABORT, 'append only: attachments'); END;
CREATE TRIGGER attachments_no_delete BEFORE DELETE ON attachments BEGIN SELECT RAISE(ABORT, 'append only: attachments'); END;
CREATE INDEX bridge_dossiers_place ON bridge_dossiers (device, epoch, seq);
CREATE INDEX bridge_queue_next ON bridge_queue (state, next_try);
CREATE INDEX bridge_exchanges_dossier ON bridge_exchanges (number_key, at);
CREATE TRIGGER bridge_exchanges_no_update BEFORE UPDATE ON bridge_exchanges BEGIN SELECT RAISE(ABORT, 'append only: bridge_exchanges'); END;
CREATE TRIGGER bridge_exchanges_no_delete BEFORE DELETE ON bridge_exchanges BEGIN SELECT RAISE(ABORT, 'append only: bridge_exchanges'); END;
CREATE INDEX mentions_day ON mentions (office, business_date, type);
CREATE TRIGGER mentions_no_update BEFORE UPDATE ON mentions BEGIN SELECT RAISE(ABORT, 'append only: mentions'); END;
CREATE TRIGGER mentions_no_delete BEFORE DELETE ON mentions BEGIN SELECT RAISE(ABORT, 'append only: mentions'); END;
CREATE INDEX nonces_created ON nonces (created);
CREATE TRIGGER signers_no_update BEFORE UPDATE ON signers BEGIN SELECT RAISE(ABORT, 'append only: signers'); END;
CREATE TRIGGER signers_no_delete BEFORE DELETE ON signers BEGIN SELECT RAISE(ABORT, 'append only: signers'); END;
CREATE TRIGGER signing_began_no_update BEFORE UPDATE ON signing_began BEGIN SELECT RAISE(ABORT, 'append only: signing_began'); END;
CREATE TRIGGER signing_began_no_delete BEFORE DELETE ON signing_began BEGIN SELECT RAISE(ABORT, 'append only: signing_began'); END;
CREATE INDEX feed_entries_not_accepted ON feed_entries (at) WHERE kind = 'verdict' AND body NOT LIKE '%"verdict": "accepted"%';
CREATE TRIGGER operator_acts_no_update BEFORE UPDATE ON operator_acts BEGIN SELECT RAISE(ABORT, 'append only: operator_acts'); END;
CREATE TRIGGER operator_acts_no_delete BEFORE DELETE ON operator_acts BEGIN SELECT RAISE(ABORT, 'append only: operator_acts'); END;
CREATE TRIGGER taken_bundles_no_update BEFORE UPDATE ON taken_bundles BEGIN SELECT RAISE(ABORT, 'append only: taken_bundles'); END;
CREATE TRIGGER taken_bundles_no_delete BEFORE DELETE ON taken_bundles BEGIN SELECT RAISE(ABORT, 'append only: taken_bundles'); END;
CREATE TRIGGER slips_no_update BEFORE UPDATE ON slips BEGIN SELECT RAISE(ABORT, 'append only: slips'); END;
CREATE TRIGGER slips_no_delete BEFORE DELETE ON slips BEGIN SELECT RAISE(ABORT, 'append only: slips'); END;
CREATE TRIGGER bound_receipts_no_update BEFORE UPDATE ON bound_receipts BEGIN SELECT RAISE(ABORT, 'append only: bound_receipts'); END;
CREATE TRIGGER bound_receipts_no_delete BEFORE DELETE ON bound_receipts BEGIN SELECT RAISE(ABORT, 'append only: bound_receipts'); END;
CREATE INDEX operations_money ON operations (office, business_date) WHERE type IN ('money.collected', 'money.voided', 'money.refunded', 'money.remitted');
COMMIT;
