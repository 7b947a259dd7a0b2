// Attack: borrowed parts. Whoever has a small part in an incident, had one, or writes as somebody who has one, reaches for more.
import { type Attack, type AttackMail, mails, marks } from '#test/attacks/attack.ts';
import { blockOf, cipherOf } from '#test/attacks/captured.ts';
import { attachment, mailOf, multipart, signed, strangersKey, text } from '#test/attacks/mime.ts';
import { answering, as, because, cnaAddress, known, parts, publisher, says, vouched } from '#test/attacks/parts.ts';
import { colleague, otherCve, type Scene } from '#test/attacks/scene.ts';
import { people } from '#test/town.ts';

const serialCve = (scene: Scene) => `CVE-1900-${60_000 + scene.serial()}`;
const assigned = (scene: Scene) => `${serialCve(scene)} is the id that you asked for, ${marks.evil}.`;
const request = () => '/answer 1 done';

const engineers = mails([
  ['an engineer on file who was not invited commands', says(colleague, (scene) => `/fix-ready ${because(scene)}`)],
  ['an engineer on file who was not invited invites themselves', says(colleague, () => '/fix-team invite colleague')],
  ['an engineer on file who was not invited asks', says(colleague, () => '/status\n/timeline\n/who-knows')],
  [
    'an engineer on file who was not invited answers a letter to the team',
    async (scene) => {
      await parts(scene);
      const inner = await signed(scene, text(scene.bound(`/note ${marks.evil}\n\nPlease tell me what ${marks.evil} is about.`)), colleague);
      return mailOf(scene, inner, { from: colleague, fields: answering(scene.here.letter) });
    },
  ],
  [
    'an engineer who was taken out goes on as before',
    says(
      people.engineer,
      (scene) => `/fix-ready mitigation ${because(scene)}`,
      ({ invitation }) => invitation,
    ),
  ],
  [
    'an engineer who was taken out asks how it stands',
    says(
      people.engineer,
      () => '/status',
      ({ invitation }) => invitation,
    ),
  ],
  [
    'an engineer who was taken out takes out the others',
    says(
      people.engineer,
      (scene) => `/fix-team remove tester ${because(scene)}`,
      ({ invitation }) => invitation,
    ),
  ],
  [
    'an engineer who was taken out writes to those who stayed',
    says(
      people.engineer,
      () => `All of you, look at ${marks.evil} please.`,
      ({ invitation }) => invitation,
    ),
  ],
  [
    'in the name of somebody of the fix team, that nothing proves',
    as(
      people.tester,
      (scene) => `/fix-ready mitigation ${because(scene)}\n\nAll of you, look at ${marks.evil} please.`,
      ({ stays }) => answering(stays),
    ),
  ],
  [
    'somebody of the fix team gives a command of members',
    says(
      people.tester,
      (scene) => `/decide breach publish ${because(scene)}`,
      ({ stays }) => stays,
    ),
  ],
  [
    'somebody of the fix team asks who knows',
    says(
      people.tester,
      () => '/who-knows',
      ({ stays }) => stays,
    ),
  ],
  [
    'a captured mail to the team beside words that somebody of the fix team signed',
    async (scene) => {
      const had = await parts(scene);
      const own = await signed(scene, text(scene.bound('See below.')), people.tester);
      const entity = multipart('mixed', [own, await cipherOf(scene, 'second', false)], 'fx');
      return mailOf(scene, entity, { from: people.tester, fields: answering(had.stays) });
    },
  ],
  [
    'a captured mail to the team inside what somebody of the fix team signed as a whole',
    async (scene) => {
      const had = await parts(scene);
      const entity = await signed(scene, await cipherOf(scene, 'second', false), people.tester);
      return mailOf(scene, entity, { from: people.tester, fields: answering(had.stays) });
    },
  ],
]);

/** Signed words of somebody with a file beside them that they did not sign, or in what they signed. */
const withFile = async (scene: Scene, who: string, words: string, file: string, covered = false) => {
  const had = await parts(scene);
  const said = text(scene.bound(words));
  const beside = covered ? await signed(scene, multipart('mixed', [said, file], 'fy'), who) : await signed(scene, said, who);
  const entity = covered ? beside : multipart('mixed', [beside, file], 'fx');
  return mailOf(scene, entity, { from: who, fields: answering(who === people.tester ? had.stays : scene.here.letter) });
};
const captured = async (scene: Scene) => attachment('notes.txt.pgp', 'application/octet-stream', await blockOf(scene, 'second', false));

const files: readonly AttackMail[] = [
  {
    name: 'a captured mail to the team as a file beside a held-back word of a member to the fix team',
    build: async (scene) => withFile(scene, people.lead, '/tell fix-team Please look at this.', await captured(scene)),
    also: ['fix-team-told'],
  },
  {
    name: 'a forged patch beside a held-back /patch of a member',
    build: (scene) => withFile(scene, people.lead, '/patch', attachment('0001.patch', 'text/x-patch', `+ ${marks.evil}`)),
  },
  {
    name: 'a captured mail to the team that somebody of the fix team brings as a patch',
    build: async (scene) => withFile(scene, people.tester, '/patch', await captured(scene), true),
  },
];

const cna = mails([
  ['an id in the name of the CNA, that nothing proves', as(cnaAddress, assigned)],
  [
    'an id in the name of the CNA, that another server vouches for',
    as(cnaAddress, assigned, () => [vouched(cnaAddress, 'mx.example.com')]),
  ],
  ['an id that the CNA only quotes', known(cnaAddress, (scene) => `> ${serialCve(scene)} is yours\n\nWe did not write this.`)],
  ['an id in the subject of the CNA only', known(cnaAddress, () => 'We look into it.', undefined, 'CVE-1900-59999')],
  ['two ids of the CNA', known(cnaAddress, (scene) => `${serialCve(scene)} or ${serialCve(scene)}, as you like.`)],
  ['an id that another incident has', known(cnaAddress, () => `${otherCve} is the id that you asked for.`)],
  ['a command of the CNA', known(cnaAddress, (scene) => `/cve reject ${because(scene)}`)],
  ['the CNA as a display name', as(`"${cnaAddress}" <cna@example.com>`, assigned, () => [vouched('cna@example.com')])],
]);

const asked = mails([
  ['NO in the name of whoever published it, to the address of the team', as(publisher, () => 'NO.')],
  ['YES in the name of whoever published it, to the address of the team', as(publisher, () => 'YES.')],
  [
    'NO in the name of whoever published it, in answer to a letter to the team',
    as(
      publisher,
      () => 'No.',
      (_, { here }) => answering(here.letter),
    ),
  ],
  [
    'NO in the name of whoever published it, in answer to the reporter’s letter',
    as(
      publisher,
      () => 'No.',
      (_, { here }) => answering(here.acknowledgement),
    ),
  ],
  [
    'NO of the reporter, whom nobody asked',
    async (scene) => {
      const had = await parts(scene);
      return mailOf(scene, text('No.'), { from: scene.here.acknowledgement.to, fields: answering(had.question) });
    },
  ],
  [
    'whoever published it as a display name',
    as(
      `"${publisher}" <eve@example.com>`,
      () => 'No.',
      ({ question }) => answering(question),
    ),
  ],
]);

const administrator = mails([
  ['an answer in the name of the administrator, that nothing proves', as(people.administrator, request, ({ access }) => answering(access))],
  [
    'an answer in the name of the administrator, that another server vouches for',
    as(people.administrator, request, ({ access }) => [vouched(people.administrator, 'mx.example.com'), ...answering(access)]),
  ],
  [
    'an answer in the name of the administrator, signed by a stranger with that name',
    async (scene) => {
      const had = await parts(scene);
      const key = await strangersKey({ name: 'Access Desk', email: people.administrator });
      const entity = await signed(scene, text(scene.bound(request())), key);
      return mailOf(scene, entity, { from: people.administrator, fields: answering(had.access) });
    },
  ],
  ['an answer of the fix team in the administrator’s stead', says(people.tester, request, ({ stays }) => stays)],
  ['the administrator gives a command of members', known(people.administrator, (scene) => `/fix-team remove tester ${because(scene)}`)],
  ['the administrator asks how it stands', known(people.administrator, () => '/status')],
]);

const distributors = mails([
  [
    'a distributor’s breach in an incident they were not told of',
    async (scene) => {
      await parts(scene);
      const words = `About ${scene.other.id}:\n\n/breach ${marks.evil} is public`;
      return mailOf(scene, await signed(scene, text(words), people.acme), { from: people.acme, to: scene.other.address });
    },
  ],
  ['a breach in the name of a distributor, that nothing proves', as(people.acme, () => `/breach ${marks.evil} is public`)],
  ['a distributor decides about a breach', says(people.acme, (scene) => `/decide breach publish ${because(scene)}`)],
]);

export const newPeople: Attack = {
  id: 'new-people',
  name: 'Borrowed parts',
  what: 'engineers who were not invited or were taken out again, ids and answers in the name of the CNA, the administrator, a distributor or whoever was asked to go private, and real ones who reach for more',
  released: true,
  mails: [...engineers, ...files, ...cna, ...asked, ...administrator, ...distributors],
  honest: [
    {
      name: 'a patch in what somebody of the fix team signed',
      build: (scene) => withFile(scene, people.tester, '/patch', attachment('0001.patch', 'text/x-patch', '+ better'), true),
      shows: 'patches-attached',
    },
    {
      name: 'somebody of the fix team who says that a mitigation is ready',
      build: says(
        people.tester,
        () => `/fix-ready mitigation because ${marks.honest}`,
        ({ stays }) => stays,
      ),
      shows: 'fix-ready',
    },
    {
      name: 'an answer of the administrator that our server vouches for',
      build: known(people.administrator, request, ({ access }) => answering(access)),
      shows: 'access-answered',
    },
    { name: 'an id in the own words of the CNA, that our server vouches for', build: known(cnaAddress, assigned), shows: 'cve-assigned' },
    {
      name: 'NO of whoever published it, in answer to the question',
      build: as(
        publisher,
        () => 'No.',
        ({ question }) => answering(question),
      ),
      shows: 'privacy-answered',
    },
    {
      name: 'a breach of a distributor who holds the notice',
      build: says(people.acme, () => `/breach ${marks.honest} is public`),
      shows: 'embargo-broken',
    },
  ],
};
