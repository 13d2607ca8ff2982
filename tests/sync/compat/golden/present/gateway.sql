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
INSERT INTO "devices" VALUES('cd01zt9z07d','bc-1','Quầy 1',1,0);
INSERT INTO "devices" VALUES('cx918jxspqq','bc-1','Quầy 2',1,0);
INSERT INTO "devices" VALUES('c0se3swmrzx','bc-1','Quầy 4',1,0);
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
INSERT INTO "enrol_codes" VALUES('M2GD',X'2F96692B054C1D692911650A1204EF19939DB1D6CDA24604278B85A56495DB4C','bc-1','Quầy 1','2026-11-22T08:49:46.957Z',0,'cd01zt9z07d',1);
INSERT INTO "enrol_codes" VALUES('4EB8',X'0352CAEF252494A0C15E33D690AC047FA311E790585434864211F93A3D8467BB','bc-1','Quầy 2','2026-11-22T08:49:47.354Z',0,'cx918jxspqq',1);
INSERT INTO "enrol_codes" VALUES('Q127',X'CF1CDA1C0E22DAEB64CAB5C1636BA02CECE744AF027278EE464A85EEC849FE2E','bc-1','Quầy 4','2026-11-22T08:49:47.627Z',0,'c0se3swmrzx',1);
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
INSERT INTO "epochs" VALUES('cd01zt9z07d',1,X'7EC9A949CE92458197AB430BF4E054622AD27E5765352002BB8454794590B9F7',X'1FB4DA69E127EC74312F1D0CE690718AB631C3207B1CBBCE4F726E53EE80414A',0,'0000000000000000000000000000000000000000000000000000000000000000',NULL,'PC thử','0.1.0','','2026-11-22T08:39:47.070Z','2026-11-22T08:39:47.070Z');
INSERT INTO "epochs" VALUES('cx918jxspqq',1,X'CB68B638D034E9540E24F432DF26AA159BFFEC27CB1305EDB2E032981B8954D8',X'95B0CC6DE07622D9C5A7ED26495BD17B459E7812843FCB61E9CB91F7D5266F6F',0,'0000000000000000000000000000000000000000000000000000000000000000',NULL,'PC thử','0.1.0','','2026-11-22T08:39:47.381Z','2026-11-22T08:39:47.381Z');
INSERT INTO "epochs" VALUES('c0se3swmrzx',1,X'91526D6625F384D545C22EE8A94A94B35E929132783CE673DE668D7955817465',X'FA01A804C4E05CE5DDC5BBA4FB7BBDFB55D8C04D7DF6B002CE79BF7C895CD31B',0,'0000000000000000000000000000000000000000000000000000000000000000',NULL,'PC thử','0.1.0','','2026-11-22T08:39:47.667Z','2026-11-22T08:39:47.667Z');
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
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-22',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-23',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-24',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-25',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-26',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-27',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-28',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-29',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-30',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-01',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-02',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-03',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-04',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-05',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-06',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-07',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-08',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-09',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-10',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-11',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-12',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-13',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-14',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-15',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-16',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-17',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-18',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-19',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-20',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-21',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-22',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-23',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-24',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-25',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-26',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-27',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-28',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-29',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-30',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-31',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-01',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-02',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-03',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-04',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-05',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-22',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-23',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-24',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-25',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-26',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-27',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-28',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-29',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-30',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-01',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-02',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-03',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-04',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-05',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-06',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-07',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-08',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-09',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-10',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-11',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-12',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-13',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-14',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-15',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-16',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-17',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-18',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-19',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-20',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-21',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-22',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-23',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-24',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-25',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-26',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-27',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-28',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-29',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-30',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-31',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-01',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-02',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-03',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-04',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-05',0,'cd01zt9z07d',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-22',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-23',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-24',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-25',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-26',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-27',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-28',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-29',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-30',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-01',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-02',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-03',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-04',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-05',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-06',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-07',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-08',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-09',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-10',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-11',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-12',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-13',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-14',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-15',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-16',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-17',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-18',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-19',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-20',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-21',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-22',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-23',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-24',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-25',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-26',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-27',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-28',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-29',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-30',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-31',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-01',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-02',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-03',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-04',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-05',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-22',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-23',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-24',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-25',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-26',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-27',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-28',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-29',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-30',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-01',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-02',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-03',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-04',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-05',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-06',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-07',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-08',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-09',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-10',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-11',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-12',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-13',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-14',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-15',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-16',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-17',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-18',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-19',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-20',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-21',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-22',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-23',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-24',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-25',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-26',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-27',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-28',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-29',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-30',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-31',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-01',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-02',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-03',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-04',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-05',1,'cx918jxspqq',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-22',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-23',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-24',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-25',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-26',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-27',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-28',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-29',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-30',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-01',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-02',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-03',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-04',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-05',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-06',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-07',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-08',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-09',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-10',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-11',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-12',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-13',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-14',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-15',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-16',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-17',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-18',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-19',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-20',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-21',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-22',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-23',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-24',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-25',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-26',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-27',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-28',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-29',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-30',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-31',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-01',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-02',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-03',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-04',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-05',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-22',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-23',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-24',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-25',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-26',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-27',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-28',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-29',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-30',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-01',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-02',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-03',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-04',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-05',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-06',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-07',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-08',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-09',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-10',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-11',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-12',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-13',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-14',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-15',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-16',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-17',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-18',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-19',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-20',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-21',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-22',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-23',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-24',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-25',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-26',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-27',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-28',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-29',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-30',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-31',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-01',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-02',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-03',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-04',2,'c0se3swmrzx',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-05',2,'c0se3swmrzx',1);
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
INSERT INTO "leases" VALUES('cong-an-1/261122/0','cong-an-1',0,'cd01zt9z07d',1,'2026-11-22','2027-01-05',0,'{"agency":"cong-an-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"cd01zt9z07d","epoch":1,"hi":499,"lease_id":"cong-an-1/261122/0","lo":1}',X'19278476BFBC783AF2CF799A7B262D7A5E3D8472515DA3708575207DA02C2B561A2862978C8FF2E4DCF6D6E6195F54ADDA190CB1A3426E0CE783B326E5335908');
INSERT INTO "leases" VALUES('so-xay-dung-1/261122/0','so-xay-dung-1',0,'cd01zt9z07d',1,'2026-11-22','2027-01-05',0,'{"agency":"so-xay-dung-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"cd01zt9z07d","epoch":1,"hi":499,"lease_id":"so-xay-dung-1/261122/0","lo":1}',X'BE03EC6F5FD7E75F0FFE3354EEA23688AC01254A1390F6A2E7FCC8A16E50D71D33F474A6865B5DED0CA4376BA3FFCEB5435F58BF105084A325C8E279C626390F');
INSERT INTO "leases" VALUES('cong-an-1/261122/1','cong-an-1',1,'cx918jxspqq',1,'2026-11-22','2027-01-05',0,'{"agency":"cong-an-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"cx918jxspqq","epoch":1,"hi":998,"lease_id":"cong-an-1/261122/1","lo":500}',X'E5EC48F4FF32C61E877481E62E98D6E03D99CE2C8CE828E6B459D3087C97DD3DA54302832F0FDF289E94AF43F603C26DA50ED45918AEF6136BD31EB7CE3C5707');
INSERT INTO "leases" VALUES('so-xay-dung-1/261122/1','so-xay-dung-1',1,'cx918jxspqq',1,'2026-11-22','2027-01-05',0,'{"agency":"so-xay-dung-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"cx918jxspqq","epoch":1,"hi":998,"lease_id":"so-xay-dung-1/261122/1","lo":500}',X'351FF9904C7A4D6D8088DCF870B2128A213875BEAB7CC57C17F704DE7206375BE28AA2555B3842B843D9EDF19FFC209989FD304289F86A7485FF43A328643304');
INSERT INTO "leases" VALUES('cong-an-1/261122/2','cong-an-1',2,'c0se3swmrzx',1,'2026-11-22','2027-01-05',0,'{"agency":"cong-an-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"c0se3swmrzx","epoch":1,"hi":1497,"lease_id":"cong-an-1/261122/2","lo":999}',X'D61774324A301FAC39E2BDCC398663951743418F93C306DAF37BB6F944815EF534C15EB74DEC81BD194D1054A3DAF542E764374FE993767F762D0506041ABE02');
INSERT INTO "leases" VALUES('so-xay-dung-1/261122/2','so-xay-dung-1',2,'c0se3swmrzx',1,'2026-11-22','2027-01-05',0,'{"agency":"so-xay-dung-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"c0se3swmrzx","epoch":1,"hi":1497,"lease_id":"so-xay-dung-1/261122/2","lo":999}',X'F41657F0135E0B2AB427FC3277707297E157BDAD9D91D2EC9F817F67514D0D494EBCAE3D85A92EF2719E8633369DC4DBE28000C6825D875080D69BBDC3FECF0F');
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
INSERT INTO "nonces" VALUES('cd01zt9z07d','UJDkvkcZZEzU_zPYA1GyxLnrCCKfrHCD',1795336786);
INSERT INTO "nonces" VALUES('cx918jxspqq','lz6x7swLI3_eS9GMko8fXAcP6dlyhxG0',1795336787);
INSERT INTO "nonces" VALUES('c0se3swmrzx','IroNMYAc2rpGlh3josMU4euxRUy3wOop',1795336787);
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
INSERT INTO "packages" VALUES('catalogue','thử-2','d2d0267ed33254a7a9128c3256d12a2de581e244309b63ae177629f966a26d28','2026-01-01',1591,X'679C75110B922618843D069AA0B09AC04099CC9BE8112C0F9AD89153DE77A08D1572FB01075D0169C60EAE1EBF7C6A06976F994A0ADA427675857ADF37DCCB0D',X'1F8B0800000000000203C5544D6BD54014FD2BC3AC14929AE4D92EBAD44D175A0A3E442852A69379C9D064264D32CF86D2950B1157AE444AD1B69462B550411012C4454AFFC7FC13EFCCFB68FA5EA93BCD26C9CC9D73EF39F7DCD9C52462827256E0E5F55DCC43BC8CA914914B84EB6307169828F980B3DC04E015DF5BF0F14B07276CC812882D75F356C4102848CAE0FF71FB4344880834DA404F75FD55E13D670C5D487787546EA820C3ADF0FEDDF0CF74F309BD688F2A14EAE63B64BA99064E0E649E92122FFB0ECE724959A8F231374BB49AE1474931DEA6323419CCE2804D8EA45209000B3CF338788B0BC302F6B1A93122C9C626293804E37E6C9997571728B5C54C6B5E8BDB7344757D92A12CE6BAFE3D2A742AD82112717B24E040CEB615CF590A9ACCD704BCE0D312459EFFA0BFA29B6FD749FABA39405B31E1A86ACF944977AAD0BD517419EBE6FC3EC4CA9C475C9004C07DD312CA722B7E68E51A270BAE411FE9FA58A08248442F5F0B44AF2E74B34F512C75FD135EBAF988E8849133ADB667649599B55430C5D2F511F4E961FB61C9B22FB959DDC54A70D01787A4825343922858F5BD3D1332815B00E97B3D830AA52646FF27ED2F94E8E61D8DADDE59DC1E66B0BDC5AA57320FAD93926948C74EEB133F75E4B77D591BB140C92DC04011F8DBE686D026F49CEBE64D8956496A494F5D356BED5B9D35CEBA1AB79F91B172CEDB33004E74DDFCEBFECF3701C40383471B379AB1D8ED85BFE0F9BD2058ECF4A2338C785E6807EFB4C7737247A0F64965E4FD92A19DCE34A7E02F7E53D6BF0EEB043956B682FFACA190825D8B275492CCE8671EBFA35FDF00E3BB2C6A224ECD457742A13A6BC46D55A1CBF76054182953D9018769AC0F851DAD4C6D26BC88CD54E3C00B965CCF776DCA42AA9C1A442E86200F0B1108824A568052B6641E6E0C7299CE9E1BC2EDCCA530D7B129D60DF0DE1FB14B7B8337060000','2026-11-22T08:39:46.348Z');
CREATE TABLE province (
	id INTEGER NOT NULL, 
	incarnation VARCHAR(64) NOT NULL, 
	public_key BLOB NOT NULL, 
	min_app VARCHAR(64) NOT NULL, 
	unsettled_since VARCHAR(32), 
	PRIMARY KEY (id)
);
INSERT INTO "province" VALUES(1,'95ae1e5a1677424289c7784efe734ff2',X'9CFDA26E54E6832BA9AAAD58E267FD4C216D0C6A2430518E39BD38D83C097AC8','0',NULL);
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
INSERT INTO "schema_steps" VALUES(1,'2026-11-22T08:39:46.139Z');
INSERT INTO "schema_steps" VALUES(2,'2026-11-22T08:39:46.139Z');
INSERT INTO "schema_steps" VALUES(3,'2026-11-22T08:39:46.139Z');
INSERT INTO "schema_steps" VALUES(4,'2026-11-22T08:39:46.139Z');
INSERT INTO "schema_steps" VALUES(5,'2026-11-22T08:39:46.139Z');
INSERT INTO "schema_steps" VALUES(6,'2026-11-22T08:39:46.139Z');
INSERT INTO "schema_steps" VALUES(7,'2026-11-22T08:39:46.139Z');
INSERT INTO "schema_steps" VALUES(8,'2026-11-22T08:39:46.139Z');
INSERT INTO "schema_steps" VALUES(9,'2026-11-22T08:39:46.139Z');
INSERT INTO "schema_steps" VALUES(10,'2026-11-22T08:39:46.139Z');
INSERT INTO "schema_steps" VALUES(11,'2026-11-22T08:39:46.139Z');
CREATE TABLE signers (
	device VARCHAR(64) NOT NULL, 
	epoch INTEGER NOT NULL, 
	since VARCHAR(32) NOT NULL, 
	PRIMARY KEY (device, epoch)
);
INSERT INTO "signers" VALUES('cd01zt9z07d',1,'2026-11-22T08:39:47.207Z');
INSERT INTO "signers" VALUES('cx918jxspqq',1,'2026-11-22T08:39:47.454Z');
INSERT INTO "signers" VALUES('c0se3swmrzx',1,'2026-11-22T08:39:47.740Z');
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
COMMIT;
