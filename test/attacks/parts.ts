// The parts of people beside the team in an attacked incident, and mails of whoever has one, had one, or writes as somebody who has one.
import { marks } from '#test/attacks/attack.ts';
import { mailOf, signed, text } from '#test/attacks/mime.ts';
import { colleague, type Scene } from '#test/attacks/scene.ts';
import { keyOf, people, type Received } from '#test/town.ts';

export const publisher = 'publisher@example.net';
export const cnaAddress = 'cna@example.org';

/** What the people with parts got when they got them. */
export interface Given {
  /** To the engineer who was taken out again, and to the tester who is still invited. */
  readonly invitation: Received;
  readonly stays: Received;
  readonly access: Received;
  readonly question: Received;
}

const given = new WeakMap<Scene['here'], Given>();

/** Gives the parts, once: two people invited and one taken out, access and a CVE id requested, the publisher asked to go on in private. */
export async function parts(scene: Scene): Promise<Given> {
  const { here, town } = scene;
  const had = given.get(here);
  if (had) return had;
  scene.hold({ who: 'colleague', certificate: (await keyOf(colleague)).certificate });
  const orders = async (lines: readonly string[]): Promise<Received[]> => {
    const { transcript } = await town.writes('lead', { answers: here.letter, signed: true, text: lines.join('\n') });
    const refused = transcript.find(({ outcome }) => outcome !== 'done');
    if (refused) throw new Error(`${refused.line}: ${refused.text}`);
    return town.post();
  };
  const letters = await orders([
    '/fix-team invite engineer tester',
    '/access grant tester',
    '/cve reject because it was a mistake',
    '/cve request because the rest of the fields follows',
    '/public because a post names it',
    `/privacy ask ${publisher}`,
  ]);
  await orders(['/fix-team remove engineer because they left']);
  const one = (kind: string, to: string) => {
    const found = letters.find((letter) => letter.kind === kind && letter.to === to);
    if (!found) throw new Error(`${to} got no ${kind}`);
    return found;
  };
  const made = {
    invitation: one('invitation', people.engineer),
    stays: one('invitation', people.tester),
    access: one('access-request', people.administrator),
    question: one('ask-private', publisher),
  };
  given.set(here, made);
  return made;
}

/** The field that answers a letter. */
export const answering = ({ messageId }: { readonly messageId: string }) => [`In-Reply-To: <${messageId}>`];

/** The field of a mail server that vouches for the domain of an address. */
export const vouched = (address: string, server = 'mx.example.org') =>
  `Authentication-Results: ${server}; dmarc=pass header.from=${address.split('@')[1]}`;

/** A forged reason, new each time. */
export const because = (scene: Scene) => `because ${marks.evil} ${scene.serial()}`;

/** Signed by who writes it and bound to the incident, in answer to a letter where they have one. */
export const says = (who: string, words: (scene: Scene) => string, letter?: (had: Given) => Received) => async (scene: Scene) => {
  const had = await parts(scene);
  const fields = letter ? answering(letter(had)) : [];
  return mailOf(scene, await signed(scene, text(scene.bound(words(scene))), who), { from: who, fields });
};

/** In the name of somebody, unsigned, with these fields above it. */
export const as =
  (
    from: string,
    words: (scene: Scene) => string,
    fields: (had: Given, scene: Scene) => readonly string[] = () => [],
    subject = 'Re: ...',
  ) =>
  async (scene: Scene) => {
    const had = await parts(scene);
    return mailOf(scene, text(words(scene)), { from, fields: fields(had, scene), subject });
  };

/** The same, which our own mail server vouches for; its field stands above all others. */
export const known =
  (...[from, words, fields = () => [], subject]: Parameters<typeof as>) =>
  async (scene: Scene) => {
    const bytes = await as(from, words, fields, subject)(scene);
    return Buffer.concat([Buffer.from(`${vouched(from)}\r\n`), bytes]);
  };
