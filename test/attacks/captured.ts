// What an attacker takes out of a mail that was captured: its ciphertext, its signed part, the OpenPGP message itself.
import { split } from '#mail/entity.ts';
import { marks } from '#test/attacks/attack.ts';
import { encrypted, mailOf, message, text } from '#test/attacks/mime.ts';
import { binaryOf } from '#test/attacks/readers.ts';
import type { Scene } from '#test/attacks/scene.ts';
import { parsed } from '#test/pgp/people.ts';
import { type Person, people } from '#test/town.ts';

/** Header and body of a mail, without the fields that are not of its content: the entity as it would stand in another mail. */
export function entityOf(mail: Buffer): string {
  const root = split(mail);
  if ('unreadable' in root) throw new Error(root.unreadable);
  const raw = mail.toString('latin1');
  const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
  const type = /^content-type:.*(?:\r\n[ \t].*)*/im.exec(head)?.[0] ?? '';
  return `${type}\r\n\r\n${raw.slice(raw.indexOf('\r\n\r\n') + 4)}`;
}

// The town's people sign whatever they seal; many programs do not.
async function lying(scene: Scene, who: Person, signed: boolean): Promise<Buffer> {
  if (signed) return scene.captured(who);
  const { secret } = marks;
  return mailOf(scene, await encrypted(scene, text(`${secret} is how it is done.\n\n/exploit ${secret} with this\n`)), {
    from: people[who],
  });
}

/** The multipart/encrypted of a captured mail that holds the secret. */
export async function cipherOf(scene: Scene, who: Person = 'second', signed = true): Promise<string> {
  return entityOf(await lying(scene, who, signed));
}

/** The same as an armored message. */
export async function blockOf(scene: Scene, who: Person = 'second', signed = true): Promise<string> {
  const bytes = binaryOf(await parsed(await lying(scene, who, signed)));
  if (!bytes) throw new Error('what was captured is not encrypted');
  return message(bytes);
}
