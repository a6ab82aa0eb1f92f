-- Some custom fields are not for everyone to see; no readers: everyone who reads the record.
ALTER TABLE fields ADD COLUMN readers DOCUMENT;
