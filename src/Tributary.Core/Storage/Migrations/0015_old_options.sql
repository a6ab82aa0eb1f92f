-- Options that were taken out of a field stay known by name: records and other systems may still hold their ids.

ALTER TABLE fields ADD COLUMN old_options DOCUMENT NOT NULL DEFAULT '[]';
