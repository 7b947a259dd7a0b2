// The tables. What could tell of an embargo lies sealed (bytea) or as a keyed MAC; order comes from sequences, never from time.
import { sql } from 'drizzle-orm';
import { bigint, check, customType, index, integer, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core';

const bytes = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  // The embedded database answers with a plain Uint8Array, which may be a view of memory that is used again.
  fromDriver: (value) => (Buffer.isBuffer(value) ? value : Buffer.from(value)),
});

/** Milliseconds are what a Date holds: nothing is lost on the way through the database. */
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
const whole = (name: string) => bigint(name, { mode: 'number' });
const sequence = () => bigint('sequence', { mode: 'number' }).generatedAlwaysAsIdentity();

/** What turns lock: an incident, a team's own matters (`team:<name>`), or its private list (`list:<name>`). */
export const subject = pgTable(
  'subject',
  {
    id: text('id').primaryKey(),
    team: text('team').notNull(),
    kind: text('kind', { enum: ['incident', 'team', 'list'] }).notNull(),
    stage: text('stage').notNull(),
    openedAt: moment('opened_at').notNull(),
    touchedAt: moment('touched_at').notNull(),
    events: integer('events').notNull(),
    head: bytes('head').notNull(),
  },
  (table) => [
    index('subject_team').on(table.team, table.kind, table.openedAt),
    check('subject_kind', sql`${table.kind} in ('incident', 'team', 'list')`),
  ],
);

/** The journal, append-only by triggers. `payload` is the sealed event; `hash` chains over the sealed bytes. */
export const event = pgTable(
  'event',
  {
    subject: text('subject')
      .notNull()
      .references(() => subject.id),
    number: integer('number').notNull(),
    type: text('type').notNull(),
    at: moment('at').notNull(),
    payload: bytes('payload').notNull(),
    prev: bytes('prev').notNull(),
    hash: bytes('hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.subject, table.number] }), check('event_number', sql`${table.number} > 0`)],
);

/** Every mail that was taken. `subject` is empty where a mail belongs to none. */
export const message = pgTable(
  'message',
  {
    id: text('id').primaryKey(),
    sequence: sequence(),
    team: text('team').notNull(),
    subject: text('subject').references(() => subject.id),
    mailbox: text('mailbox').notNull(),
    uidValidity: text('uid_validity').notNull(),
    uid: whole('uid').notNull(),
    fingerprint: text('fingerprint').notNull(),
    messageIdMac: text('message_id_mac'),
    senderMac: text('sender_mac'),
    receivedAt: moment('received_at').notNull(),
    kind: text('kind').notNull(),
    raw: bytes('raw').notNull(),
    inner: bytes('inner'),
    note: bytes('note').notNull(),
  },
  (table) => [
    unique('message_place').on(table.team, table.mailbox, table.uidValidity, table.uid),
    unique('message_fingerprint').on(table.team, table.fingerprint),
    index('message_claimed').on(table.team, table.messageIdMac),
    index('message_subject').on(table.subject),
  ],
);

/** Signatures that were seen: one that comes again is a replay. */
export const signature = pgTable('signature', {
  digestMac: text('digest_mac').primaryKey(),
  message: text('message')
    .notNull()
    .references(() => message.id),
  at: moment('at').notNull(),
});

/** The outbox. `cause` and `number` name the decision, so that it cannot be queued twice. */
export const letter = pgTable(
  'letter',
  {
    id: text('id').primaryKey(),
    sequence: sequence(),
    team: text('team').notNull(),
    subject: text('subject').references(() => subject.id),
    cause: text('cause').notNull(),
    number: integer('number').notNull(),
    kind: text('kind').notNull(),
    audience: text('audience').notNull(),
    seal: text('seal').notNull(),
    recipientMac: text('recipient_mac').notNull(),
    body: bytes('body').notNull(),
    messageId: text('message_id').notNull(),
    state: text('state', { enum: ['waiting', 'leased', 'sent', 'failed', 'dropped', 'keyless'] }).notNull(),
    attempts: integer('attempts').notNull(),
    nextAt: moment('next_at').notNull(),
    leaseUntil: moment('lease_until'),
    holder: text('holder'),
    fence: whole('fence').notNull(),
    response: bytes('response'),
    createdAt: moment('created_at').notNull(),
    doneAt: moment('done_at'),
  },
  (table) => [
    unique('letter_cause').on(table.cause, table.number),
    unique('letter_message_id').on(table.messageId),
    index('letter_keyless').on(table.team).where(sql`${table.state} = 'keyless'`),
    index('letter_undone').on(table.sequence).where(sql`${table.state} in ('waiting', 'leased')`),
    index('letter_subject').on(table.subject),
    index('letter_recent').on(table.team, table.kind, table.createdAt),
    check('letter_state', sql`${table.state} in ('waiting', 'leased', 'sent', 'failed', 'dropped', 'keyless')`),
  ],
);

/** What is due when, as last derived from the journal. `lease_until` keeps ten daemons from taking the same one. */
export const deadline = pgTable(
  'deadline',
  {
    subject: text('subject')
      .notNull()
      .references(() => subject.id),
    key: text('key').notNull(),
    dueAt: moment('due_at').notNull(),
    leaseUntil: moment('lease_until'),
  },
  (table) => [primaryKey({ columns: [table.subject, table.key] }), index('deadline_due').on(table.dueAt)],
);

/** Who does what only one may do at a time, such as reading a mailbox. The row stays, so that `fence` only grows. */
export const lease = pgTable('lease', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  fence: whole('fence').notNull(),
  until: moment('until').notNull(),
});

/** Values of the store itself, such as the probes of the vault's keys. */
export const setting = pgTable('setting', {
  name: text('name').primaryKey(),
  value: bytes('value').notNull(),
});
