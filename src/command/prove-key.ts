// /prove-key: the code of a challenge comes back, so whoever sent it can read what is encrypted to the new certificate.
import { z } from 'zod';
import { type Decision, defineGeneralCommand, enters, happened, refuse, type Situation } from '#command/command.ts';
import { placeOf } from '#command/fingerprint.ts';
import { holderOf, waysFor } from '#team/holder.ts';
import { roles } from '#team/policy.ts';
import { challenged, objectionTo } from '#team/register.ts';

export const proveKey = defineGeneralCommand({
  word: 'prove-key',
  help: 'Answer the challenge that came encrypted to your new OpenPGP certificate, so that it counts.',
  examples: ['/prove-key 7Q2ZD0KX4MB1N8WJ5TRV9CHFGA'],
  who: roles,
  proof: 'none',
  changes: true,
  provesItself: true,
  looks: ['certificates'],
  args: { code: z.string().max(40) },
  decide({ code }, situation) {
    const said = code.toUpperCase();
    return (
      ofReporter(said, situation) ??
      ofRoster(said, situation) ??
      refuse('That is not an open challenge: each is good once, and for a few days.')
    );
  },
});

function ofReporter(code: string, { incident, policy, now }: Situation): Decision | undefined {
  const offered = incident?.offeredKey;
  if (!offered || offered.code !== code || offered.expires <= now || !policy.certificates.others.includes('challenge')) return undefined;
  const { fingerprint, certificate } = offered;
  return happened('The key is proved; letters to you are encrypted to it.', { type: 'reporter-key-proved', fingerprint, certificate });
}

function ofRoster(code: string, { register, roster, policy, standing, now }: Situation): Decision | undefined {
  const offer = challenged(register, code, now);
  if (!offer) return undefined;
  const { who, fingerprint } = offer;
  // Roster and policy may have changed since the challenge left.
  const held = holderOf(roster, who);
  if (!held || !waysFor(policy, held).includes('challenge')) return undefined;
  const objection = objectionTo(register, offer);
  if (objection) return refuse(`This key cannot count: ${objection}.`);
  const replaces = placeOf(who, fingerprint, standing, register);
  return enters('The key is proved; letters to you are encrypted to it.', {
    type: 'certificate-accepted',
    ...{ who, fingerprint, by: who, way: 'challenge', replaces },
  });
}
