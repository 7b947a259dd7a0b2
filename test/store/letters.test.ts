// The letters of a subject, on the embedded database.
import { describe } from 'vitest';
import { onEmbedded } from '#test/store/database.ts';
import { lettersSuite } from '#test/store/suite/letters.ts';

describe('letters, on the embedded database', () => lettersSuite(onEmbedded));
