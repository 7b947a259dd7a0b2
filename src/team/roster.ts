// Who belongs to a team: members, distributors, channels; what roster.yaml may say, and how people are found in it.
import { z } from 'zod';
import type { Role } from '#team/policy.ts';
import { HourMinute, Length, Word } from '#team/policy-word.ts';
import { isZone } from '#time.ts';

const Mailbox = z
  .email({ error: 'expected a mail address' })
  .max(254)
  .transform((address) => address.toLowerCase());
const Handle = z.string().regex(/^[a-z][a-z0-9._-]{0,39}$/, {
  error: 'expected a handle of small letters, digits, ".", "_" or "-", beginning with a letter',
});
const Day = z.iso.date({ error: 'expected a day like "2026-03-01"' });
const Addresses = z.array(Mailbox).min(1).max(10).describe('The first address is where letters go; mail from any of them is theirs.');
const Keys = z
  .array(z.string().min(1))
  .max(10)
  .default([])
  .describe('Files with OpenPGP certificates, relative to the folder of the team.');

const Member = z.strictObject({
  handle: Handle.describe('What the member is called in commands.'),
  name: z.string().min(1).max(100).describe('The name that people read.'),
  addresses: Addresses,
  keys: Keys,
  roles: z
    .array(z.enum(['member', 'associate', 'steering', 'release-manager', 'engineer']))
    .min(1)
    .default(['member'])
    .describe(
      'What the member is to the team. An engineer (also an outside advisor) is only on file: they see nothing until they are invited into an incident.',
    ),
  hosts: z
    .array(
      z
        .string()
        .regex(/^@?[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, { error: 'expected the name of an account, like "octocat"' })
        .transform((name) => name.replace(/^@/, '').toLowerCase()),
    )
    .max(10)
    .default([])
    .describe('Accounts on the code host: files of owners name people by them.'),
  affiliation: z.string().optional().describe('Whom the member works for.'),
  zone: z
    .string()
    .refine(isZone, { error: 'expected an IANA time zone like "Europe/Berlin"' })
    .optional()
    .describe('The time zone of the member.'),
  leave: z
    .array(z.strictObject({ from: Day.describe('The first day away.'), to: Day.describe('The last day away.') }))
    .default([])
    .describe('Days on which the member is passed over.'),
});
export type Member = z.infer<typeof Member>;

const Distributor = z.strictObject({
  id: Handle.describe('What the distributor is called in commands.'),
  name: z.string().min(1).max(200).describe('The name that people read.'),
  addresses: Addresses,
  keys: Keys,
  longest: Length.optional().describe(
    'The longest embargo the list itself keeps ("14d"): a notice reaches it so long before the public date and not earlier.',
  ),
});
export type Distributor = z.infer<typeof Distributor>;

const ChannelName = Handle.describe('What the channel is called.');
const Channel = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mail').describe('A public mailing list.'),
    name: ChannelName,
    address: Mailbox.describe('The address of the list.'),
    subjectPrefix: z.string().max(60).optional().describe('What the list wants at the head of the subject.'),
  }),
  z.strictObject({
    kind: z.literal('paste').describe('A place mail cannot reach: the lead gets text to paste.'),
    name: ChannelName,
    where: z.string().min(1).max(200).describe('Where the text goes, for a person.'),
  }),
]);
export type Channel = z.infer<typeof Channel>;

const changeOver = {
  zone: z
    .string()
    .refine(isZone, { error: 'expected an IANA time zone like "Europe/Berlin"' })
    .default('UTC')
    .describe('The zone whose clock the turns follow.'),
  hour: HourMinute.default('00:00').describe('The hour at which the next turn begins.'),
};

const PartTurns = z.strictObject({
  // A Monday, so that weeks are weeks where a team says nothing.
  from: Day.default('2024-01-01').describe('The first day of the first week; a part that is a queue does not need it.'),
  ...changeOver,
  order: z
    .array(Handle)
    .min(1)
    .describe('Handles, in turn: of a week the first and then the second person, of a queue its head at the beginning.'),
});

/** A rotation: who follows whom, how often, and at which moment it changes. */
export interface Turns {
  readonly from: string;
  readonly every: 'day' | 'week';
  readonly zone: string;
  readonly hour: string;
  readonly order: readonly string[];
}

export const Roster = z.strictObject({
  members: z.array(Member).min(1).max(200).describe('The people of the team, and those with a part in its process.'),
  oncall: z
    .strictObject({
      from: Day.describe('The first day of the first turn.'),
      every: z.enum(['day', 'week']).default('week').describe('How long a turn lasts.'),
      ...changeOver,
      order: z.array(Handle).min(1).describe('Handles, in turn.'),
    })
    .optional()
    .describe('Turns of duty: who is on call is derived from the moment alone; people on leave are passed over.'),
  parts: z
    .record(Word, PartTurns)
    .default({})
    .describe('Who takes turns with each standing part of the policy, by its name; people on leave are passed over.'),
  distributors: z.array(Distributor).max(5000).default([]).describe('The private list: who is told under embargo.'),
  channels: z.array(Channel).max(50).default([]).describe('Where announcements go.'),
  retrospective: z.array(Handle).default([]).describe('Where retrospectives go, by channel name; empty: to the team only.'),
  cna: z
    .strictObject({ name: z.string().min(1).describe('Its name.'), address: Mailbox.describe('Where requests go.'), keys: Keys })
    .optional()
    .describe('The CVE numbering authority that requests go to.'),
  administrator: z
    .strictObject({ name: z.string().min(1).describe('A name.'), address: Mailbox.describe('Where requests go.'), keys: Keys })
    .optional()
    .describe('Whoever manages access to private repositories: gets requests by mail and answers them with /answer.'),
  operator: z
    .strictObject({ name: z.string().default('operator').describe('A name.'), address: Mailbox.describe('Where alarms go.'), keys: Keys })
    .optional()
    .describe('Whoever runs this service and hears of its troubles.'),
});
export type Roster = z.infer<typeof Roster>;

/** The member with this handle or one of these addresses ("lead", "@lead", "lead@example.org"). */
export function memberOf(roster: Roster, handleOrAddress: string): Member | undefined {
  const wanted = handleOrAddress.trim().replace(/^@/, '').toLowerCase();
  return roster.members.find((member) => member.handle === wanted || member.addresses.includes(wanted));
}

/** The distributor with this id or one of these addresses. */
export function distributorOf(roster: Roster, idOrAddress: string): Distributor | undefined {
  const wanted = idOrAddress.trim().toLowerCase();
  return roster.distributors.find((distributor) => distributor.id === wanted || distributor.addresses.includes(wanted));
}

/** Everyone of the roster who has this role. */
export function withRole(roster: Roster, role: Role): Member[] {
  return roster.members.filter((member) => (member.roles as readonly Role[]).includes(role));
}

/** The address on file where letters to a member go. */
export function addressOnFile(of: { readonly addresses: readonly string[] }): string {
  return of.addresses[0] ?? '';
}

/** The weeks of a standing part; undefined where nobody takes turns with it. */
export function weeksOf({ parts }: Roster, part: string): Turns | undefined {
  const turns = Object.hasOwn(parts, part) ? parts[part] : undefined;
  return turns && { ...turns, every: 'week' };
}
