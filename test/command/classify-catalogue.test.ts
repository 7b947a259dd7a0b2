// The severity catalogue of the kubernetes-pst policy, asked cell by cell: /classify answers level and text, /explain its words.
import { expect, test } from 'vitest';
import { accepted, obey, situation } from '#test/situation.ts';

/** What an order answers in a team that extends the policy; the level that is recorded, where one is. */
function asked(order: string): { text: string; level?: string } {
  const { transcript, events } = obey(
    order,
    situation([accepted], { policy: { extends: 'kubernetes-pst', proof: 'domain', commands: {} } }),
  );
  const [last] = transcript;
  const found = events.find((event) => event.type === 'classified');
  return { text: last?.text ?? '', ...(found && { level: found.level }) };
}

test.each<[what: string, order: string, level: string, text: string]>([
  ['server: a worm is critical (S2-74)', 'server worm', 'critical', 'A network worm'],
  ['server: code or rights for anybody is critical (S2-75)', 'kubelet elevation remote-anonymous', 'critical', 'run code on the server'],
  [
    'server: every write that was not allowed counts (S2-76)',
    'server elevation remote-anonymous',
    'critical',
    'All write access violations count',
  ],
  [
    'server: reading secrets anywhere for anybody is critical (S2-77)',
    'server information-anywhere remote-anonymous',
    'critical',
    'credentials',
  ],
  ['server: the adjacent network makes high of critical (S2-78)', 'server elevation remote-anonymous adjacent', 'high', 'adjacent network'],
  ['server: not the default makes high of critical (S2-79)', 'server elevation remote-anonymous non-default', 'high', 'not the default'],
  [
    'server: mitigations make high of critical (S2-79)',
    'server information-anywhere remote-anonymous mitigated',
    'high',
    'Mitigations exist',
  ],
  ['server: a lasting denial by anybody is high (S2-80)', 'server persistent-denial remote-anonymous', 'high', 'one malicious request'],
  [
    'server: a denial for a minute by anybody is high (S2-80, S2-81)',
    'server temporary-denial remote-anonymous',
    'high',
    'for a minute or longer',
  ],
  [
    'server: a lasting denial of what matters most by who logged in is high (S2-82)',
    'server persistent-denial authenticated high-value-asset',
    'high',
    'whole cluster',
  ],
  ['server: rights for who logged in is high (S2-83)', 'etcd elevation authenticated', 'high', 'has logged in'],
  ['server: a security feature gone round is high, and may be adjusted (S2-84)', 'server bypass', 'high', 'may adjust it'],
  ['server: passing for somebody else is high (S2-85)', 'server spoofing', 'high', 'passes for another user'],
  [
    'server: sensitive reading of certain places is high (S2-86)',
    'server information-sensitive remote-anonymous',
    'high',
    'whether a file exists',
  ],
  ['server: local access makes medium of high (S2-87)', 'server elevation authenticated local', 'medium', 'local access'],
  ['server: a straight-forward mitigation makes medium of high (S2-87)', 'server spoofing easy-mitigation', 'medium', 'straight-forward'],
  ['server: harmless reading is medium (S2-88)', 'server information-harmless remote-anonymous', 'medium', 'not sensitive'],
  [
    'server: easily mitigated and untypical makes low of medium (S2-89)',
    'server information-harmless remote-anonymous easy-mitigation untypical',
    'low',
    'quite a few scenarios',
  ],
  [
    'server: easily mitigated alone leaves medium (S2-89)',
    'server information-harmless remote-anonymous easy-mitigation',
    'medium',
    'not sensitive',
  ],
  ['server: a change that does not stay is low (S2-90)', 'server temporary-tampering', 'low', 'for a time'],
  ['kubectl and client libraries are clients (S2-91)', 'kubectl worm', 'critical', 'without a warning'],
  [
    'user interaction with a server goes by the client (S2-72)',
    'server temporary-tampering user-interaction',
    'low',
    'stands for a client',
  ],
  ['user interaction is not one level less (S2-92)', 'client elevation remote-anonymous user-interaction', 'critical', "user's system"],
  [
    'server, critical and user interaction: high is allowed (S2-73)',
    'server elevation remote-anonymous user-interaction',
    'critical',
    'may be rated high',
  ],
  ['client: a worm is critical (S2-93)', 'client worm', 'critical', 'without a warning'],
  ['client: code or rights for anybody is critical (S2-94)', 'client-go elevation remote-anonymous', 'critical', 'run code'],
  ['client: reading anywhere for anybody is critical (S2-95)', 'client information-anywhere remote-anonymous', 'critical', 'sends home'],
  ['client: not the default makes high of critical (S2-96)', 'client elevation remote-anonymous non-default', 'high', 'not the default'],
  ['client: mitigations make high of critical (S2-96)', 'client elevation remote-anonymous mitigated', 'high', 'Mitigations exist'],
  ['client: what takes a new installation is high (S2-97)', 'client corruption', 'high', 'installed anew'],
  ['client: rights for who logged in is high (S2-98)', 'client elevation authenticated', 'high', 'rise from a local user'],
  ['client: a security feature gone round is high (S2-99)', 'client bypass', 'high', 'access control'],
  ['client: a lasting change in a usual scenario is high (S2-100)', 'client persistent-tampering common', 'high', 'decisions of trust'],
  ['client: a lasting change in one scenario is medium (S2-101)', 'client persistent-tampering specific', 'medium', '~/.kube'],
  ['client: what a restart mends is low (S2-102)', 'client temporary-denial', 'low', 'started again'],
  ['client: a change that does not stay is low (S2-103)', 'client temporary-tampering', 'low', 'for a time'],
])('%s', (_, order, level, text) => {
  const answer = asked(`/classify ${order}`);
  expect(answer.level, answer.text).toBe(level);
  expect(answer.text).toContain(text);
});

test.each([
  ['adjacent', 'private network'],
  ['adjacent-network-access', 'internal addresses'],
  ['authenticated-user', 'unprivileged without any rights'],
  ['local-access', 'same physical host'],
  ['remote', 'From any place of the network'],
  ['anonymous', 'no credentials'],
  ['remote-anonymous-user', 'without credentials'],
  ['high-value-asset', 'whole cluster'],
])('/explain %s says what the glossary says (S2-104)', (term, words) => {
  expect(asked(`/explain ${term}`).text).toContain(words);
});

test('/explain service-failure says that it takes a person to recover from it (S2-105)', () => {
  expect(asked('/explain service-failure').text).toContain('human operator');
});

test.each([
  ['kube-apiserver', 'scope server'],
  ['core-addon', 'scope server'],
  ['client-library', 'scope client'],
])('/explain %s says which scope the component has (S2-71, S2-91)', (component, words) => {
  expect(asked(`/explain ${component}`).text).toContain(words);
});

test('what the catalogue does not rate is refused with what it rates (S2-70)', () => {
  const answer = asked('/classify client spoofing');
  expect(answer.level).toBeUndefined();
  expect(answer.text).toContain('The catalogue has no rating for client spoofing.');
  expect(answer.text).toContain('elevation');
});

test('the younger process keeps its catalogue elsewhere, and a team that wants one says it in its own policy (S1-105)', () => {
  const under = (policy: Record<string, unknown>) =>
    obey('/classify server worm', situation([accepted], { policy })).transcript[0]?.text ?? '';
  expect(under({ extends: 'kubernetes' })).toBe('This team has no severity catalogue; /severity takes a CVSS vector.');
  const catalogue = {
    scopes: { server: { what: 'What runs.' } },
    effects: { worm: 'It spreads.' },
    cells: [{ scope: 'server', effect: 'worm', level: 'critical', text: 'It spreads by itself.' }],
  };
  expect(under({ extends: 'kubernetes', catalogue })).toContain('critical.\nIt spreads by itself.');
});
