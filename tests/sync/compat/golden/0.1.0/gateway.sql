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
INSERT INTO "devices" VALUES('cpej47g6q14','bc-1','Quầy 1',1,0);
INSERT INTO "devices" VALUES('cwz1qejx5pm','bc-1','Quầy 2',1,0);
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
INSERT INTO "enrol_codes" VALUES('FYM3',X'FA5B081F1784B0DF959CD3C16EF92D9A050B6D0CFEBB008A75AFB13D18101E11','bc-1','Quầy 1','2026-11-22T05:44:55.768Z',0,'cpej47g6q14',1);
INSERT INTO "enrol_codes" VALUES('X7KA',X'AE3D128B7F94D01F29547AAE27127C9F81EC0632BDA56D6890D770992E794C71','bc-1','Quầy 2','2026-11-22T05:44:56.150Z',0,'cwz1qejx5pm',1);
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
INSERT INTO "epochs" VALUES('cpej47g6q14',1,X'87C5B7D11B5F628B786E0ECB51915352CC0F9A4A5729DFB12B919F3EB10E74D0',X'B017400EB8F94FFF5DB14C3DBE670150DDD0D0E9808408A1AD336461C08B63A1',0,'0000000000000000000000000000000000000000000000000000000000000000',NULL,'PC thử','0.1.0','','2026-11-22T05:34:55.882Z','2026-11-22T05:34:55.882Z');
INSERT INTO "epochs" VALUES('cwz1qejx5pm',1,X'0022CB87EB03D3DAEAFEC8C30B92C5642AAD30D2D03C1B8A7547F6CC907CDA3D',X'6514B9142B7EF3F750ECBD45D555B79267A99F69445D273AF05E0FAD3BFD90EF',0,'0000000000000000000000000000000000000000000000000000000000000000',NULL,'PC thử','0.1.0','','2026-11-22T05:34:56.177Z','2026-11-22T05:34:56.177Z');
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
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-22',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-23',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-24',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-25',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-26',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-27',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-28',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-29',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-30',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-01',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-02',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-03',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-04',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-05',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-06',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-07',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-08',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-09',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-10',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-11',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-12',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-13',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-14',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-15',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-16',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-17',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-18',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-19',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-20',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-21',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-22',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-23',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-24',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-25',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-26',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-27',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-28',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-29',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-30',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-31',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-01',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-02',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-03',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-04',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-05',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-22',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-23',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-24',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-25',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-26',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-27',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-28',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-29',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-30',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-01',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-02',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-03',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-04',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-05',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-06',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-07',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-08',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-09',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-10',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-11',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-12',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-13',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-14',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-15',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-16',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-17',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-18',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-19',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-20',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-21',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-22',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-23',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-24',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-25',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-26',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-27',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-28',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-29',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-30',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-31',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-01',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-02',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-03',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-04',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-05',0,'cpej47g6q14',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-22',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-23',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-24',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-25',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-26',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-27',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-28',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-29',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-11-30',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-01',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-02',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-03',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-04',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-05',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-06',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-07',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-08',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-09',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-10',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-11',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-12',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-13',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-14',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-15',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-16',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-17',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-18',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-19',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-20',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-21',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-22',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-23',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-24',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-25',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-26',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-27',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-28',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-29',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-30',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2026-12-31',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-01',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-02',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-03',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-04',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('cong-an-1','2027-01-05',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-22',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-23',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-24',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-25',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-26',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-27',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-28',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-29',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-11-30',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-01',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-02',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-03',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-04',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-05',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-06',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-07',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-08',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-09',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-10',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-11',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-12',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-13',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-14',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-15',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-16',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-17',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-18',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-19',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-20',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-21',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-22',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-23',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-24',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-25',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-26',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-27',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-28',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-29',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-30',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2026-12-31',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-01',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-02',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-03',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-04',1,'cwz1qejx5pm',1);
INSERT INTO "leased_days" VALUES('so-xay-dung-1','2027-01-05',1,'cwz1qejx5pm',1);
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
INSERT INTO "leases" VALUES('cong-an-1/261122/0','cong-an-1',0,'cpej47g6q14',1,'2026-11-22','2027-01-05',0,'{"agency":"cong-an-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"cpej47g6q14","epoch":1,"hi":499,"lease_id":"cong-an-1/261122/0","lo":1}',X'80F6B398655254303D2D3290A67B09170353DD956676EBFAB352B961BA50412EB9F2BBF3EC2BB3CC5621CBD3888063ED187561C01E97691A902372458039CC07');
INSERT INTO "leases" VALUES('so-xay-dung-1/261122/0','so-xay-dung-1',0,'cpej47g6q14',1,'2026-11-22','2027-01-05',0,'{"agency":"so-xay-dung-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"cpej47g6q14","epoch":1,"hi":499,"lease_id":"so-xay-dung-1/261122/0","lo":1}',X'D1D9B6CB1C5B81463A2CAD2289AF4B0C6659A52C1FD51E84FA60DC943EDD0A907942379C69F50879411C3A8F0F6885EDF61D73506FA9422CDB07773EC462DB05');
INSERT INTO "leases" VALUES('cong-an-1/261122/1','cong-an-1',1,'cwz1qejx5pm',1,'2026-11-22','2027-01-05',0,'{"agency":"cong-an-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"cwz1qejx5pm","epoch":1,"hi":998,"lease_id":"cong-an-1/261122/1","lo":500}',X'27F384FC58BDD6C6D7A4572A1F24F04E1E65BDAEEC34C38C0BFB9544E438BE0C491487061C312DA841E8B5703D62241F13988968A0C981C8FDECE60BAC7D4F06');
INSERT INTO "leases" VALUES('so-xay-dung-1/261122/1','so-xay-dung-1',1,'cwz1qejx5pm',1,'2026-11-22','2027-01-05',0,'{"agency":"so-xay-dung-1","date_from":"2026-11-22","date_to":"2027-01-05","device":"cwz1qejx5pm","epoch":1,"hi":998,"lease_id":"so-xay-dung-1/261122/1","lo":500}',X'FC6CD300842D0D1DD94B0419727775C8345BE73797C5101242AA4462948D16F0EB505E6D5E701260524E60574CE242A3DC462E1DB7019E6F3F42A3B3E3AC4407');
CREATE TABLE offices (
	id VARCHAR(64) NOT NULL, 
	content TEXT NOT NULL, 
	feed_head BIGINT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "offices" VALUES('bc-1','{"agencies": [{"code": "H10.1", "id": "cong-an-1", "name": "Công an tỉnh Mẫu", "slots": 20}, {"code": "H11.1", "id": "so-xay-dung-1", "name": "Sở Xây dựng tỉnh Mẫu", "slots": 20}], "clerks": [{"accounts": {"cong-an": "mau.ca", "so-xay-dung": "mau.xd"}, "id": "nv1", "name": "Trần Thị Mẫu"}, {"accounts": {"cong-an": "thu.ca", "so-xay-dung": "thu.xd"}, "id": "nv2", "name": "Lê Văn Thử"}], "code_pattern": "{org}-{yymmdd}-{n:4}", "contact": "Bưu cục Mẫu, Xã Thử", "counters": ["Quầy 1", "Quầy 2", "Quầy 3", "Quầy 4"], "id": "bc-1", "lookup": "tracuu.mau.example", "name": "Bưu cục Mẫu", "number_suffix": "/BPMC", "phone": "0200 000 000", "place": "Xã Thử", "superior": "BƯU ĐIỆN TỈNH MẪU", "unit": "BỘ PHẬN MỘT CỬA XÃ THỬ"}',0);
CREATE TABLE operations (
	device VARCHAR(64) NOT NULL, 
	epoch INTEGER NOT NULL, 
	seq BIGINT NOT NULL, 
	office VARCHAR(64) NOT NULL, 
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
	PRIMARY KEY (device, epoch, seq), 
	UNIQUE (office, position), 
	UNIQUE (op_id), 
	UNIQUE (number_key)
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
INSERT INTO "packages" VALUES('catalogue','thử-2','d2d0267ed33254a7a9128c3256d12a2de581e244309b63ae177629f966a26d28','2026-01-01',1591,X'FFFC1744952BDA5F79CA7F323A98C0D960BE109043E6EF874DA4908A1477D0A2D6BBCDFD1C1BC9715F362142466E35877644BA566030F0EDE429F1428D259106',X'1F8B0800000000000203C5544D6BD54014FD2BC3AC14929AE4D92EBAD44D175A0A3E442852A69379C9D064264D32CF86D2950B1157AE444AD1B69462B550411012C4454AFFC7FC13EFCCFB68FA5EA93BCD26C9CC9D73EF39F7DCD9C52462827256E0E5F55DCC43BC8CA914914B84EB6307169828F980B3DC04E015DF5BF0F14B07276CC812882D75F356C4102848CAE0FF71FB4344880834DA404F75FD55E13D670C5D487787546EA820C3ADF0FEDDF0CF74F309BD688F2A14EAE63B64BA99064E0E649E92122FFB0ECE724959A8F231374BB49AE1474931DEA6323419CCE2804D8EA45209000B3CF338788B0BC302F6B1A93122C9C626293804E37E6C9997571728B5C54C6B5E8BDB7344757D92A12CE6BAFE3D2A742AD82112717B24E040CEB615CF590A9ACCD704BCE0D312459EFFA0BFA29B6FD749FABA39405B31E1A86ACF944977AAD0BD517419EBE6FC3EC4CA9C475C9004C07DD312CA722B7E68E51A270BAE411FE9FA58A08248442F5F0B44AF2E74B34F512C75FD135EBAF988E8849133ADB667649599B55430C5D2F511F4E961FB61C9B22FB959DDC54A70D01787A4825343922858F5BD3D1332815B00E97B3D830AA52646FF27ED2F94E8E61D8DADDE59DC1E66B0BDC5AA57320FAD93926948C74EEB133F75E4B77D591BB140C92DC04011F8DBE686D026F49CEBE64D8956496A494F5D356BED5B9D35CEBA1AB79F91B172CEDB33004E74DDFCEBFECF3701C40383471B379AB1D8ED85BFE0F9BD2058ECF4A2338C785E6807EFB4C7737247A0F64965E4FD92A19DCE34A7E02F7E53D6BF0EEB043956B682FFACA190825D8B275492CCE8671EBFA35FDF00E3BB2C6A224ECD457742A13A6BC46D55A1CBF76054182953D9018769AC0F851DAD4C6D26BC88CD54E3C00B965CCF776DCA42AA9C1A442E86200F0B1108824A568052B6641E6E0C7299CE9E1BC2EDCCA530D7B129D60DF0DE1FB14B7B8337060000','2026-11-22T05:34:55.090Z');
CREATE TABLE province (
	id INTEGER NOT NULL, 
	incarnation VARCHAR(64) NOT NULL, 
	public_key BLOB NOT NULL, 
	min_app VARCHAR(64) NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "province" VALUES(1,'dad595acc261448b926f94667deed03e',X'BAE0C1AADC15412465DC9584A02B85F12BF7F1559A3D8CB18D7DAEDE888DEA46','0');
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
INSERT INTO "schema_steps" VALUES(1,'2026-11-22T05:34:54.704Z');
INSERT INTO "schema_steps" VALUES(2,'2026-11-22T05:34:54.704Z');
CREATE TABLE stored_files (
	sha256 VARCHAR(64) NOT NULL, 
	size BIGINT NOT NULL, 
	device VARCHAR(64) NOT NULL, 
	stored_at VARCHAR(32) NOT NULL, 
	PRIMARY KEY (sha256)
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
CREATE INDEX feed_entries_number ON feed_entries (number);
CREATE INDEX leases_holder ON leases (device, epoch, agency);
CREATE INDEX leased_days_holder ON leased_days (device, epoch, agency, day);
CREATE TRIGGER operations_no_update BEFORE UPDATE ON operations BEGIN SELECT RAISE(ABORT, 'append only: operations'); END;
CREATE TRIGGER operations_no_delete BEFORE DELETE ON operations BEGIN SELECT RAISE(ABORT, 'append only: operations'); END;
CREATE TRIGGER branches_no_update BEFORE UPDATE ON branches BEGIN SELECT RAISE(ABORT, 'append only: branches'); END;
CREATE TRIGGER branches_no_delete BEFORE DELETE ON branches BEGIN SELECT RAISE(ABORT, 'append only: branches'); END;
CREATE TRIGGER feed_entries_no_update BEFORE UPDATE ON feed_entries BEGIN SELECT RAISE(ABORT, 'append only: feed_entries'); END;
CREATE TRIGGER feed_entries_no_delete BEFORE DELETE ON feed_entries BEGIN SELECT RAISE(ABORT, 'append only: feed_entries'); END;
CREATE TRIGGER leases_no_update BEFORE UPDATE ON leases BEGIN SELECT RAISE(ABORT, 'append only: leases'); END;
CREATE TRIGGER leases_no_delete BEFORE DELETE ON leases BEGIN SELECT RAISE(ABORT, 'append only: leases'); END;
CREATE TRIGGER leased_days_no_update BEFORE UPDATE ON leased_days BEGIN SELECT RAISE(ABORT, 'append only: leased_days'); END;
CREATE TRIGGER leased_days_no_delete BEFORE DELETE ON leased_days BEGIN SELECT RAISE(ABORT, 'append only: leased_days'); END;
CREATE INDEX attachments_number ON attachments (number_key);
CREATE TRIGGER attachments_no_update BEFORE UPDATE ON attachments BEGIN SELECT RAISE(ABORT, 'append only: attachments'); END;
CREATE TRIGGER attachments_no_delete BEFORE DELETE ON attachments BEGIN SELECT RAISE(ABORT, 'append only: attachments'); END;
COMMIT;
