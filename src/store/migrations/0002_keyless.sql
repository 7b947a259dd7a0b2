-- Letters that cannot be encrypted wait for a certificate instead of being lost.
ALTER TABLE "letter" DROP CONSTRAINT "letter_state";--> statement-breakpoint
CREATE INDEX "letter_keyless" ON "letter" USING btree ("team") WHERE "letter"."state" = 'keyless';--> statement-breakpoint
ALTER TABLE "letter" ADD CONSTRAINT "letter_state" CHECK ("letter"."state" in ('waiting', 'leased', 'sent', 'failed', 'dropped', 'keyless'));