// /classify: the severity catalogue of a team, asked about a flaw.
import { guards, rows } from '#test/command/table.ts';
import { accepted, closed } from '#test/situation.ts';

const catalogue = {
  scopes: {
    server: { what: 'It runs all the time.', components: ['apiserver'] },
    client: { what: 'A user starts it.', components: ['cli'] },
  },
  effects: { elevation: 'More than was allowed.', denial: 'It stops.' },
  actors: { anonymous: 'Nobody knows who.', authenticated: 'Somebody who has logged in.' },
  circumstances: { adjacent: 'In the same network.', 'user-interaction': 'A user must do something.' },
  cells: [
    { scope: 'server', effect: 'elevation', actor: 'anonymous', level: 'critical', text: 'Anybody can do anything.' },
    { scope: 'client', effect: 'elevation', actor: 'anonymous', level: 'critical', text: 'Anybody can act as the user.' },
  ],
  moves: [{ when: 'user-interaction', from: 'server', to: 'client', text: 'Then it is mostly one of a client.' }],
  changes: [{ when: 'adjacent', from: 'critical', to: 'high', text: 'It takes the same network.' }],
};
const changes = { policy: { catalogue } };
guards('/classify apiserver elevation anonymous', [], changes);

const classified = {
  type: 'classified',
  by: 'lead',
  scope: 'server',
  effect: 'elevation',
  actor: 'anonymous',
  circumstances: [],
  level: 'critical',
} as const;
const provisional = 'It counts provisionally until /severity rates it.';

rows(
  {
    it: 'answers level and text, and records them (S2-60, S2-71)',
    ...changes,
    order: '/classify apiserver elevation anonymous',
    answers: `server, elevation, anonymous: critical.\nAnybody can do anything.\n${provisional}`,
    happens: [classified],
  },
  {
    it: 'lowers the level by a circumstance, with its text (S2-78)',
    ...changes,
    after: [accepted, { type: 'severity-set', by: 'lead', level: 'high', because: 'so' }],
    order: '/classify server ELEVATION adjacent anonymous',
    answers: 'server, elevation, anonymous, adjacent: high.\nAnybody can do anything.\ncritical becomes high: It takes the same network.',
    happens: [{ ...classified, circumstances: ['adjacent'], level: 'high' }],
  },
  {
    it: 'goes by the client where a user must do something, and lowers nothing for that alone (S2-72, S2-92)',
    ...changes,
    order: '/classify apiserver elevation anonymous user-interaction',
    answers: `client, elevation, anonymous, user-interaction: critical.\nThen it is mostly one of a client.\nAnybody can act as the user.\n${provisional}`,
    happens: [{ ...classified, scope: 'client', circumstances: ['user-interaction'] }],
  },
  {
    it: 'lists the scopes',
    ...changes,
    order: '/classify scheduler elevation',
    refuses: '"scheduler" is no component or scope of the catalogue. Scopes: server, client.',
  },
  {
    it: 'lists the effects',
    ...changes,
    order: '/classify cli worm',
    refuses: '"worm" is no effect of the catalogue. Effects: elevation, denial.',
  },
  {
    it: 'lists actors and circumstances',
    ...changes,
    order: '/classify cli elevation tomorrow',
    refuses:
      '"tomorrow" is no actor and no circumstance of the catalogue. Actors: anonymous, authenticated. Circumstances: adjacent, user-interaction.',
  },
  {
    it: 'rates one actor at a time',
    ...changes,
    order: '/classify cli elevation anonymous authenticated',
    refuses: '"anonymous" and "authenticated" are two actors; one is rated at a time.',
  },
  {
    it: 'says what it would rate',
    ...changes,
    order: '/classify cli elevation',
    refuses: 'The catalogue has no rating for client elevation. It has: client elevation anonymous.',
  },
  {
    it: 'says what the scope has at all',
    ...changes,
    order: '/classify cli denial anonymous',
    refuses: 'The catalogue has no rating for client denial anonymous. For client it rates: elevation.',
  },
  {
    it: 'needs a catalogue',
    order: '/classify apiserver elevation',
    refuses: 'This team has no severity catalogue; /severity takes a CVSS vector.',
  },
  {
    it: 'does nothing to a closed incident',
    ...changes,
    after: [closed],
    order: '/classify cli elevation anonymous',
    refuses: 'This incident is closed. /reopen comes first.',
  },
);
