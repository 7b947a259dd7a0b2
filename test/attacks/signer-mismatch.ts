// Attack: the signer is not who the mail says, or not who the key says.
import * as openpgp from 'openpgp';
import { armor } from '#pgp/armor.ts';
import { type OwnKey, readCertificates } from '#pgp/keyring.ts';
import { type Attack, mails } from '#test/attacks/attack.ts';
import {
  attachment,
  clearsigned,
  detached,
  encrypted,
  mailOf,
  multipart,
  packets,
  signaturePart,
  signed,
  signedType,
  strangersKey,
  text,
} from '#test/attacks/mime.ts';
import type { Scene } from '#test/attacks/scene.ts';
import { keyOf, people } from '#test/town.ts';

const stranger = 'stranger@example.com';
const forged = (scene: Scene) => text(scene.bound(scene.evil()));
const by = async (scene: Scene, signer: string | OwnKey, from: string, fields: readonly string[] = []) =>
  mailOf(scene, await signed(scene, forged(scene), signer), { from, fields });

/** A signature of the lead over a forged part, with octets of its packet's body (version, type, key, hash …) changed. */
async function bent(scene: Scene, change: (body: Buffer) => void): Promise<Buffer> {
  const body = forged(scene);
  const bytes = packets(await detached(scene, body));
  // One packet with a length of one octet (RFC 9580 §4.2.1).
  change(bytes.subarray(2));
  return mailOf(scene, multipart('signed', [body, signaturePart(armor('PGP SIGNATURE', bytes))], `c${scene.serial()}`, signedType));
}

/** A stranger's signature whose unhashed part says that it is the lead's. */
async function annotated(scene: Scene): Promise<Buffer> {
  const body = forged(scene);
  const { packets: list } = await openpgp.readSignature({ armoredSignature: await detached(scene, body, stranger) });
  for (const packet of list) packet.unhashedSubpackets.push({ type: 28, critical: false, body: Buffer.from(people.lead) });
  const part = signaturePart(armor('PGP SIGNATURE', Buffer.from(list.write())));
  return mailOf(scene, multipart('signed', [body, part], `n${scene.serial()}`, signedType));
}

/** The id of the lead's key written over every issuer of a stranger's signature. */
async function claimingLead(scene: Scene, wipe?: number): Promise<Buffer> {
  const body = forged(scene);
  const bytes = packets((await detached(scene, body, stranger)).replaceAll('PGP SIGNATURE', 'PGP SIGNATURE'));
  const [theirs, ours] = [(await keyOf(stranger)).certificate.fingerprint, (await keyOf(people.lead)).certificate.fingerprint];
  for (const length of [20, 8]) {
    const id = Buffer.from(theirs, 'hex').subarray(-length);
    const lead = wipe === undefined ? Buffer.from(ours, 'hex').subarray(-length) : Buffer.alloc(length, wipe);
    for (let at = bytes.indexOf(id); at >= 0; at = bytes.indexOf(id)) lead.copy(bytes, at);
  }
  return mailOf(scene, multipart('signed', [body, signaturePart(armor('PGP SIGNATURE', bytes))], `l${scene.serial()}`, signedType));
}

export const signerMismatch: Attack = {
  id: 'signer-mismatch',
  name: 'Signer and From that differ',
  what: 'a member’s signature under another name, a stranger’s good signature under a member’s, keys that claim a member’s address, borrowed ids and subkeys',
  mails: [
    ...mails([
      ['one member signs and another one sends', (scene) => by(scene, people.second, people.lead)],
      ['the other way round', (scene) => by(scene, people.lead, people.second)],
      ['a member signs and a distributor sends', (scene) => by(scene, people.lead, people.acme)],
      ['a distributor signs and a member sends', (scene) => by(scene, people.acme, people.lead)],
      ['a distributor signs and sends', (scene) => by(scene, people.acme, people.acme)],
      ['one distributor signs and another one sends', (scene) => by(scene, people.acme, people.beta)],
      ['a stranger signs and a member sends', (scene) => by(scene, stranger, people.lead)],
      ['a stranger signs and sends', (scene) => by(scene, stranger, stranger)],
      ['the reporter signs and a member sends', (scene) => by(scene, people.reporter, people.lead)],
      ['the team’s own address sends, signed by a stranger', (scene) => by(scene, stranger, 'security@example.org')],
      ['the team’s own key signs in the lead’s name', (scene) => by(scene, 'security@example.org', people.lead)],
      ['the CNA sends, signed by a stranger', (scene) => by(scene, stranger, 'cna@example.org')],
      [
        'clearsigned by a stranger, sent by a member',
        async (scene) => mailOf(scene, text(await clearsigned(scene, scene.bound(scene.evil()), stranger))),
      ],
      [
        'encrypted and signed inside by a stranger, sent by a member',
        async (scene) => mailOf(scene, await encrypted(scene, forged(scene), stranger)),
      ],
      ['encrypted, unsigned, sent by a member', async (scene) => mailOf(scene, await encrypted(scene, forged(scene)))],
      ['not signed at all', async (scene) => mailOf(scene, forged(scene))],
      [
        'a key with the lead’s user id that is not on the roster',
        async (scene) => by(scene, await strangersKey({ name: 'TEST lead', email: people.lead }), people.lead),
      ],
      [
        'the same, with its certificate attached',
        async (scene) => {
          const key = await strangersKey({ name: 'TEST lead', email: people.lead });
          const inner = multipart('mixed', [forged(scene), attachment('lead.asc', 'application/pgp-keys', key.certificate.armored)], 'k');
          return mailOf(scene, await signed(scene, inner, key));
        },
      ],
      ['a stranger’s signature that claims the lead’s key id', (scene) => claimingLead(scene)],
      ['a signature with an id of zeros', (scene) => claimingLead(scene, 0)],
      ['a signature with an id of ones', (scene) => claimingLead(scene, 255)],
      ['a signature whose signer’s user id names the lead', annotated],
      [
        'a signature of the lead over something else',
        async (scene) => {
          const part = signaturePart(await detached(scene, text('something else')));
          return mailOf(scene, multipart('signed', [forged(scene), part], 'e', signedType));
        },
      ],
      [
        'a self-signature of the lead’s certificate',
        async (scene) => {
          const list = new openpgp.PacketList<openpgp.AnyPacket>();
          for (const user of (await keyOf(people.lead)).certificate.key.users) list.push(...user.selfCertifications);
          const part = signaturePart(armor('PGP SIGNATURE', Buffer.from(list.write())));
          return mailOf(scene, multipart('signed', [forged(scene), part], 'f', signedType));
        },
      ],
      ['a signature packet of a standalone type', (scene) => bent(scene, (body) => body.writeUInt8(2, 1))],
      ['a signature packet of a certification', (scene) => bent(scene, (body) => body.writeUInt8(0x13, 1))],
      ['a binary signature called one of text', (scene) => bent(scene, (body) => body.writeUInt8(1, 1))],
      ['a signature whose hash algorithm is renamed', (scene) => bent(scene, (body) => body.writeUInt8(2, 3))],
      ['a signature whose key algorithm is renamed', (scene) => bent(scene, (body) => body.writeUInt8(1, 2))],
      ['a signature of another version', (scene) => bent(scene, (body) => body.writeUInt8(3, 0))],
      [
        'a vouching of the mail server put on by the sender',
        (scene) =>
          by(scene, stranger, people.lead, [
            'Authentication-Results: mx.example.org; dmarc=pass header.from=example.org; spf=pass',
            'Received: from x by y',
          ]),
      ],
    ]),
    {
      name: 'the lead’s signing key as a subkey of a distributor’s certificate on the roster',
      async build(scene) {
        const thief = await strangersKey({ name: 'TEST thief', email: people.beta });
        const list = new openpgp.PacketList<openpgp.AnyPacket>();
        list.push(...thief.certificate.key.toPacketList());
        const subkey = new openpgp.PublicSubkeyPacket();
        await subkey.read((await keyOf(people.lead)).certificate.key.keyPacket.write());
        const bound = thief.certificate.key.subkeys[0]?.bindingSignatures[0];
        list.push(subkey, ...(bound ? [bound] : []));
        const [certificate] = await readCertificates(Buffer.from(list.write()));
        if (certificate) scene.hold({ who: 'beta', certificate });
        return by(scene, thief, people.lead);
      },
    },
  ],
  honest: mails([
    ['a signed mail from the address on file', (scene) => honest(scene, people.lead)],
    ['a signed mail whose From has another case and a name', (scene) => honest(scene, '"The Lead" <Lead@Example.ORG>')],
    ['a signed mail from an address that nobody knows', (scene) => honest(scene, 'private@example.com')],
  ]),
};

async function honest(scene: Scene, from: string): Promise<Buffer> {
  return mailOf(scene, await signed(scene, text(scene.honest())), { from });
}
