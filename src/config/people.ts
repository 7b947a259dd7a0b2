// What one roster must agree on with itself: every name and address belongs to one, and every reference finds somebody.
import { type Desk, wrong } from '#config/desk.ts';
import { meant } from '#config/mistake.ts';
import type { Whereabouts } from '#config/validate.ts';
import type { Roster } from '#team/roster.ts';

/** Words that mean somebody in commands and letters: nobody of a roster can be called so. */
const reserved = new Set([
  'reporter',
  'cna',
  'administrator',
  'operator',
  'outsider',
  'embargod',
  'team',
  'public',
  'next',
  'me',
  'nobody',
  'all',
]);

type Path = readonly PropertyKey[];

/** Puts every contradiction of a roster on the desk; `ours` are the addresses of the team itself. */
export function checkPeople(desk: Desk, roster: Roster, where: Whereabouts, ours: readonly string[]): void {
  const say = (path: Path, message: string) => wrong(desk, { where, path }, message);
  checkNames(roster, say);
  checkAddresses(roster, ours, say);
  checkTurns(['oncall', 'order'], roster.oncall?.order ?? [], roster, say);
  for (const [part, { order }] of Object.entries(roster.parts)) checkTurns(['parts', part, 'order'], order, roster, say);
  checkHosts(roster, say);
  const channels = roster.channels.map(({ name }) => name);
  for (const [index, name] of roster.retrospective.entries())
    if (!channels.includes(name)) say(['retrospective', index], `no channel is called "${name}"${near(name, channels)}`);
  for (const [index, member] of roster.members.entries())
    for (const [turn, { from, to }] of member.leave.entries())
      if (to < from) say(['members', index, 'leave', turn], `the leave ends on ${to}, before it begins on ${from}.`);
}

type Say = (path: Path, message: string) => void;

// Whoever has a turn reads new reports: nobody but a member may (S2-32).
function checkTurns(path: Path, order: readonly string[], { members }: Roster, say: Say): void {
  const handles = members.map(({ handle }) => handle);
  for (const [index, handle] of order.entries()) {
    const member = members.find((one) => one.handle === handle);
    if (!member) say([...path, index], `no member has the handle "${handle}"${near(handle, handles)}`);
    else if (!member.roles.includes('member'))
      say([...path, index], `${handle} is ${member.roles.join(' and ')}, and only members take turns.`);
  }
}

function checkNames(roster: Roster, say: Say): void {
  const holders = new Map<string, string>();
  const take = (name: string, path: Path, whose: string) => {
    const holder = holders.get(name);
    if (reserved.has(name)) say(path, `"${name}" means somebody else in letters and commands; choose another name.`);
    else if (holder) say(path, `"${name}" is taken by ${holder}; each needs a name of its own.`);
    else holders.set(name, whose);
  };
  for (const [index, { handle, name }] of roster.members.entries()) take(handle, ['members', index, 'handle'], `the member ${name}`);
  for (const [index, { id, name }] of roster.distributors.entries()) take(id, ['distributors', index, 'id'], `the distributor ${name}`);
  for (const [index, { name }] of roster.channels.entries()) take(name, ['channels', index, 'name'], `the channel ${index + 1}`);
}

function checkAddresses(roster: Roster, ours: readonly string[], say: Say): void {
  const holders = new Map(ours.map((address) => [address, 'the team itself']));
  const take = (address: string, path: Path, whose: string) => {
    const holder = holders.get(address);
    if (holder) say(path, `${address} belongs to ${holder} already; mail from it must mean one sender.`);
    else holders.set(address, whose);
  };
  for (const [kind, people] of [
    ['members', roster.members.map(({ handle, addresses }) => ({ who: handle, addresses }))],
    ['distributors', roster.distributors.map(({ id, addresses }) => ({ who: id, addresses }))],
  ] as const)
    for (const [index, { who, addresses }] of people.entries())
      for (const [place, address] of addresses.entries()) take(address, [kind, index, 'addresses', place], who);
  if (roster.cna) take(roster.cna.address, ['cna', 'address'], 'the CNA');
  if (roster.administrator) take(roster.administrator.address, ['administrator', 'address'], 'the administrator');
  // An operator may well be a member; letters to the team itself would come back as reports.
  if (roster.operator && ours.includes(roster.operator.address))
    say(['operator', 'address'], 'this is the address of the team itself; alarms would come in as reports.');
  for (const [index, channel] of roster.channels.entries())
    if (channel.kind === 'mail' && ours.includes(channel.address))
      say(['channels', index, 'address'], 'this is the address of the team itself.');
}

function checkHosts({ members }: Roster, say: Say): void {
  const holders = new Map<string, string>();
  for (const [index, { handle, hosts }] of members.entries())
    for (const [place, host] of hosts.entries()) {
      const holder = holders.get(host);
      if (holder)
        say(['members', index, 'hosts', place], `the account ${host} belongs to ${holder} already; an owner must mean one person.`);
      else holders.set(host, handle);
    }
}

function near(word: string, known: readonly string[]): string {
  const found = meant(word, known);
  return found ? `; did you mean "${found}"?` : '.';
}

/** Everybody of a roster with key files: who they are, their addresses, and where the files are named. */
export function keyHolders(roster: Roster): { who: string; addresses: readonly string[]; keys: readonly string[]; path: Path }[] {
  const one = (who: 'cna' | 'administrator' | 'operator') => {
    const person = roster[who];
    return person ? [{ who, addresses: [person.address], keys: person.keys, path: [who, 'keys'] }] : [];
  };
  return [
    ...roster.members.map(({ handle, addresses, keys }, index) => ({ who: handle, addresses, keys, path: ['members', index, 'keys'] })),
    ...roster.distributors.map(({ id, addresses, keys }, index) => ({ who: id, addresses, keys, path: ['distributors', index, 'keys'] })),
    ...one('cna'),
    ...one('administrator'),
    ...one('operator'),
  ];
}
