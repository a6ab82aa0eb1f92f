-- Custom fields stand in groups, and some are not for everyone to fill in; no editors: everyone who may write the record.
ALTER TABLE fields ADD COLUMN group_name WORDS;
ALTER TABLE fields ADD COLUMN editors DOCUMENT;
