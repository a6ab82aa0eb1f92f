-- What a stage asks of the deals that enter it, none when it asks nothing; and the colour it is shown in.
ALTER TABLE stages ADD COLUMN entry DOCUMENT;
ALTER TABLE stages ADD COLUMN color WORDS;
