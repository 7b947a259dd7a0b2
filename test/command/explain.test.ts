// /explain: the glossary of the severity catalogue.
import { guards, rows } from '#test/command/table.ts';

const catalogue = {
  scopes: { server: { what: 'It runs all the time.', components: ['apiserver'] } },
  effects: { denial: 'It stops.' },
  actors: { remote: 'From anywhere.' },
  terms: { 'service-failure': 'It requires intervention of a human operator to recover.' },
  cells: [],
};
const changes = { policy: { catalogue } };
guards('/explain remote', [], changes);

rows(
  {
    it: 'says what a term means (S2-104, S2-105)',
    ...changes,
    order: '/explain service-failure',
    answers: 'service-failure: It requires intervention of a human operator to recover.',
  },
  { it: 'says what an actor is, in any case (S2-104)', ...changes, order: '/explain Remote', answers: 'remote: From anywhere.' },
  {
    it: 'says where a component belongs (S2-71)',
    ...changes,
    order: '/explain apiserver',
    answers: 'apiserver is a component of the scope server: It runs all the time.',
  },
  { it: 'lists the words', ...changes, order: '/explain', answers: 'denial\nremote\nserver\nservice-failure' },
  {
    it: 'guesses a mistyped word',
    ...changes,
    order: '/explain remot',
    refuses: '"remot" is no word of the catalogue. Did you mean remote? /explain lists them.',
  },
  { it: 'needs a catalogue', order: '/explain remote', refuses: 'This team has no severity catalogue.' },
);
