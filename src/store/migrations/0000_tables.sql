-- The tables, as drizzle-kit wrote them from schema.ts.
CREATE TABLE "deadline" (
	"subject" text NOT NULL,
	"key" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"lease_until" timestamp (3) with time zone,
	CONSTRAINT "deadline_subject_key_pk" PRIMARY KEY("subject","key")
);
--> statement-breakpoint
CREATE TABLE "event" (
	"subject" text NOT NULL,
	"number" integer NOT NULL,
	"type" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"payload" "bytea" NOT NULL,
	"prev" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "event_subject_number_pk" PRIMARY KEY("subject","number"),
	CONSTRAINT "event_number" CHECK ("event"."number" > 0)
);
--> statement-breakpoint
CREATE TABLE "lease" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"fence" bigint NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "letter" (
	"id" text PRIMARY KEY NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "letter_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"team" text NOT NULL,
	"subject" text,
	"cause" text NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"audience" text NOT NULL,
	"seal" text NOT NULL,
	"recipient_mac" text NOT NULL,
	"body" "bytea" NOT NULL,
	"message_id" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"holder" text,
	"fence" bigint NOT NULL,
	"response" "bytea",
	"created_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "letter_cause" UNIQUE("cause","number"),
	CONSTRAINT "letter_message_id" UNIQUE("message_id"),
	CONSTRAINT "letter_state" CHECK ("letter"."state" in ('waiting', 'leased', 'sent', 'failed', 'dropped'))
);
--> statement-breakpoint
CREATE TABLE "message" (
	"id" text PRIMARY KEY NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "message_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"team" text NOT NULL,
	"subject" text,
	"mailbox" text NOT NULL,
	"uid_validity" text NOT NULL,
	"uid" bigint NOT NULL,
	"fingerprint" text NOT NULL,
	"message_id_mac" text,
	"sender_mac" text,
	"received_at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"raw" "bytea" NOT NULL,
	"inner" "bytea",
	"note" "bytea" NOT NULL,
	CONSTRAINT "message_place" UNIQUE("team","mailbox","uid_validity","uid"),
	CONSTRAINT "message_fingerprint" UNIQUE("team","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "setting" (
	"name" text PRIMARY KEY NOT NULL,
	"value" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signature" (
	"digest_mac" text PRIMARY KEY NOT NULL,
	"message" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subject" (
	"id" text PRIMARY KEY NOT NULL,
	"team" text NOT NULL,
	"kind" text NOT NULL,
	"stage" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"touched_at" timestamp (3) with time zone NOT NULL,
	"events" integer NOT NULL,
	"head" "bytea" NOT NULL,
	CONSTRAINT "subject_kind" CHECK ("subject"."kind" in ('incident', 'team', 'list'))
);
--> statement-breakpoint
ALTER TABLE "deadline" ADD CONSTRAINT "deadline_subject_subject_id_fk" FOREIGN KEY ("subject") REFERENCES "public"."subject"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_subject_subject_id_fk" FOREIGN KEY ("subject") REFERENCES "public"."subject"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letter" ADD CONSTRAINT "letter_subject_subject_id_fk" FOREIGN KEY ("subject") REFERENCES "public"."subject"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_subject_subject_id_fk" FOREIGN KEY ("subject") REFERENCES "public"."subject"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signature" ADD CONSTRAINT "signature_message_message_id_fk" FOREIGN KEY ("message") REFERENCES "public"."message"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deadline_due" ON "deadline" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "letter_undone" ON "letter" USING btree ("sequence") WHERE "letter"."state" in ('waiting', 'leased');--> statement-breakpoint
CREATE INDEX "letter_subject" ON "letter" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "letter_recent" ON "letter" USING btree ("team","kind","created_at");--> statement-breakpoint
CREATE INDEX "message_claimed" ON "message" USING btree ("team","message_id_mac");--> statement-breakpoint
CREATE INDEX "message_subject" ON "message" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "subject_team" ON "subject" USING btree ("team","kind","opened_at");