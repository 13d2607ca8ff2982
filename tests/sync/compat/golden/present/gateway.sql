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
INSERT INTO "devices" VALUES('crywdmh3hcz','bc-1','Quầy 1',1,0);
INSERT INTO "devices" VALUES('c938e5nvebv','bc-1','Quầy 2',1,0);
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
INSERT INTO "enrol_codes" VALUES('RB6S',X'9F2A8EAAC0B793AFE08ABFC8EA44204F889B9FF7D355CDF774CED92E996F2BD4','bc-1','Quầy 1','2026-11-22T05:47:39.367Z',0,'crywdmh3hcz',1);
INSERT INTO "enrol_codes" VALUES('9W2J',X'9222F52A5A5749574AE4A0FFD20FA768B7DED7861B24032F560814912D57ABC4','bc-1','Quầy 2','2026-11-22T05:47:39.899Z',0,'c938e5nvebv',1);
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
INSERT INTO "epochs" VALUES('crywdmh3hcz',1,X'BF9E0CAA5C287432E9844B6193EEC1F6B9B9AE4F397096934B52A2EA44F76D47',X'42B3BA9011A31425B70703F1CE510EABEEA60CC9DA85E215D03D768A8EFD9BC6',0,'0000000000000000000000000000000000000000000000000000000000000000',NULL,'PC thử','0.1.0','','2026-11-22T05:37:39.554Z','2026-11-22T05:37:39.554Z');
INSERT INTO "epochs" VALUES('c938e5nvebv',1,X'AE7668984442B1B9B1E33C0060D5644CBDA27BA15664076D292D9BD1EF64EBB8',X'91438130714263450AFDBAB67F798081687E74F933F6F319B42CA97622BC22B4',0,'0000000000000000000000000000000000000000000000000000000000000000',NULL,'PC thử','0.1.0','','2026-11-22T05:37:39.935Z','2026-11-22T05:37:39.935Z');
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
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-22',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-23',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-24',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-25',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-26',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-27',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-28',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-29',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-30',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-01',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-02',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-03',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-04',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-05',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-06',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-07',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-08',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-09',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-10',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-11',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-12',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-13',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-14',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-15',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-16',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-17',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-18',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-19',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-20',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-21',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-22',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-23',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-24',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-25',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-26',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-27',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-28',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-29',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-30',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-31',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-01',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-02',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-03',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-04',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-05',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-22',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-23',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-24',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-25',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-26',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-27',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-28',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-29',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-30',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-01',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-02',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-03',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-04',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-05',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-06',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-07',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-08',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-09',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-10',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-11',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-12',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-13',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-14',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-15',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-16',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-17',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-18',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-19',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-20',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-21',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-22',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-23',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-24',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-25',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-26',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-27',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-28',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-29',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-30',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-31',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-01',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-02',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-03',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-04',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-05',0,'crywdmh3hcz',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-22',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-23',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-24',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-25',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-26',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-27',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-28',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-29',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-30',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-01',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-02',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-03',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-04',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-05',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-06',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-07',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-08',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-09',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-10',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-11',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-12',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-13',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-14',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-15',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-16',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-17',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-18',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-19',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-20',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-21',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-22',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-23',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-24',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-25',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-26',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-27',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-28',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-29',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-30',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-31',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-01',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-02',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-03',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-04',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-05',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-22',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-23',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-24',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-25',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-26',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-27',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-28',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-29',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-30',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-01',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-02',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-03',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-04',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-05',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-06',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-07',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-08',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-09',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-10',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-11',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-12',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-13',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-14',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-15',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-16',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-17',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-18',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-19',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-20',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-21',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-22',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-23',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-24',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-25',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-26',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-27',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-28',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-29',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-30',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-31',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-01',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-02',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-03',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-04',1,'c938e5nvebv',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-05',1,'c938e5nvebv',1);
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
INSERT INTO "leases" VALUES('cong-an-1/261122/0','cong-an-1',0,'crywdmh3hcz',1,'2026-11-22','2027-01-05',0,'{"agency":"cong-an-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"crywdmh3hcz","epoch":1,"hi":499,"lease_id":"cong-an-1/261122/0","lo":1}',X'576EE103A123C74770B3BADA6AFDB291F3AED08D4988940C229A8E3C65C2B0746A3C086686D462E029F933DC4FE76D5B782DE0338E6F93DAEECFDDDF2FFDFB0B');
INSERT INTO "leases" VALUES('so-xay-dung-1/261122/0','so-xay-dung-1',0,'crywdmh3hcz',1,'2026-11-22','2027-01-05',0,'{"agency":"so-xay-dung-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"crywdmh3hcz","epoch":1,"hi":499,"lease_id":"so-xay-dung-1/261122/0","lo":1}',X'799C1AAB67DB1193EAE5C72D4FF10DCE0A99452CE89FD34DE3478DE7AA3A3703A5D8B46C6424131CA8C9614B00ADA7A1A3468C08C6ED7CED7DB928DD3FAE1A09');
INSERT INTO "leases" VALUES('cong-an-1/261122/1','cong-an-1',1,'c938e5nvebv',1,'2026-11-22','2027-01-05',0,'{"agency":"cong-an-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"c938e5nvebv","epoch":1,"hi":998,"lease_id":"cong-an-1/261122/1","lo":500}',X'A990CF526577C8D4FA10291C70E3B38E5206431B3C5C737D51D4257D4DFF035EC6F26F96BA5B734DA7ACCCCA9067FFF1F894C3D85705C7E868263520DD13AC0C');
INSERT INTO "leases" VALUES('so-xay-dung-1/261122/1','so-xay-dung-1',1,'c938e5nvebv',1,'2026-11-22','2027-01-05',0,'{"agency":"so-xay-dung-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"c938e5nvebv","epoch":1,"hi":998,"lease_id":"so-xay-dung-1/261122/1","lo":500}',X'80605FA4BB5C84AA1D67C168D5C3B693650C4AD2B630B8B7688E3129057163E67677E71AD3DF10CCF117215AFDAF269F1446DC1F68CBEFFD15804A4E4218A50A');
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
INSERT INTO "nonces" VALUES('crywdmh3hcz','YWWLGTuRch1N48TmlrZhKDS5Gw3fLZ2Z',1795325857);
INSERT INTO "nonces" VALUES('c938e5nvebv','Dh_0EIoRuxeoUArGLxojFtE5pDR8sJr5',1795325859);
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
INSERT INTO "packages" VALUES('catalogue','thử-2','d2d0267ed33254a7a9128c3256d12a2de581e244309b63ae177629f966a26d28','2026-01-01',1591,X'86D8E17CB3F142479FB6A317168EC2F4C20C2A3A603B4460AA04108C17AF40110CC9EF13C5EDDB7FE32107D773B864F980C6B4BB0FAFC68BDF7299CF3E98C501',X'1F8B0800000000000203C5544D6BD54014FD2BC3AC14929AE4D92EBAD44D175A0A3E442852A69379C9D064264D32CF86D2950B1157AE444AD1B69462B550411012C4454AFFC7FC13EFCCFB68FA5EA93BCD26C9CC9D73EF39F7DCD9C52462827256E0E5F55DCC43BC8CA914914B84EB6307169828F980B3DC04E015DF5BF0F14B07276CC812882D75F356C4102848CAE0FF71FB4344880834DA404F75FD55E13D670C5D487787546EA820C3ADF0FEDDF0CF74F309BD688F2A14EAE63B64BA99064E0E649E92122FFB0ECE724959A8F231374BB49AE1474931DEA6323419CCE2804D8EA45209000B3CF338788B0BC302F6B1A93122C9C626293804E37E6C9997571728B5C54C6B5E8BDB7344757D92A12CE6BAFE3D2A742AD82112717B24E040CEB615CF590A9ACCD704BCE0D312459EFFA0BFA29B6FD749FABA39405B31E1A86ACF944977AAD0BD517419EBE6FC3EC4CA9C475C9004C07DD312CA722B7E68E51A270BAE411FE9FA58A08248442F5F0B44AF2E74B34F512C75FD135EBAF988E8849133ADB667649599B55430C5D2F511F4E961FB61C9B22FB959DDC54A70D01787A4825343922858F5BD3D1332815B00E97B3D830AA52646FF27ED2F94E8E61D8DADDE59DC1E66B0BDC5AA57320FAD93926948C74EEB133F75E4B77D591BB140C92DC04011F8DBE686D026F49CEBE64D8956496A494F5D356BED5B9D35CEBA1AB79F91B172CEDB33004E74DDFCEBFECF3701C40383471B379AB1D8ED85BFE0F9BD2058ECF4A2338C785E6807EFB4C7737247A0F64965E4FD92A19DCE34A7E02F7E53D6BF0EEB043956B682FFACA190825D8B275492CCE8671EBFA35FDF00E3BB2C6A224ECD457742A13A6BC46D55A1CBF76054182953D9018769AC0F851DAD4C6D26BC88CD54E3C00B965CCF776DCA42AA9C1A442E86200F0B1108824A568052B6641E6E0C7299CE9E1BC2EDCCA530D7B129D60DF0DE1FB14B7B8337060000','2026-11-22T05:37:37.619Z');
CREATE TABLE province (
	id INTEGER NOT NULL, 
	incarnation VARCHAR(64) NOT NULL, 
	public_key BLOB NOT NULL, 
	min_app VARCHAR(64) NOT NULL, 
	unsettled_since VARCHAR(32), 
	PRIMARY KEY (id)
);
INSERT INTO "province" VALUES(1,'590d881f1c3147c8a3a39d39af0ffe25',X'3AF14213F1537167292A4B217E2738DCC67D33F96D807F60A9FE121C6C34257E','0',NULL);
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
INSERT INTO "schema_steps" VALUES(1,'2026-11-22T05:37:36.719Z');
INSERT INTO "schema_steps" VALUES(2,'2026-11-22T05:37:36.719Z');
INSERT INTO "schema_steps" VALUES(3,'2026-11-22T05:37:36.719Z');
INSERT INTO "schema_steps" VALUES(4,'2026-11-22T05:37:36.719Z');
INSERT INTO "schema_steps" VALUES(5,'2026-11-22T05:37:36.719Z');
INSERT INTO "schema_steps" VALUES(6,'2026-11-22T05:37:36.719Z');
INSERT INTO "schema_steps" VALUES(7,'2026-11-22T05:37:36.719Z');
INSERT INTO "schema_steps" VALUES(8,'2026-11-22T05:37:36.719Z');
INSERT INTO "schema_steps" VALUES(9,'2026-11-22T05:37:36.719Z');
INSERT INTO "schema_steps" VALUES(10,'2026-11-22T05:37:36.719Z');
CREATE TABLE signers (
	device VARCHAR(64) NOT NULL, 
	epoch INTEGER NOT NULL, 
	since VARCHAR(32) NOT NULL, 
	PRIMARY KEY (device, epoch)
);
INSERT INTO "signers" VALUES('crywdmh3hcz',1,'2026-11-22T05:37:39.679Z');
INSERT INTO "signers" VALUES('c938e5nvebv',1,'2026-11-22T05:37:40.063Z');
CREATE TABLE signing_began (
	"after" VARCHAR(32) NOT NULL, 
	PRIMARY KEY ("after")
);
INSERT INTO "signing_began" VALUES('');
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
COMMIT;
