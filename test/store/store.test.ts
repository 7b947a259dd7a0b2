// The store at start and at rest on the embedded database.
import { describe } from 'vitest';
import { onEmbedded } from '#test/store/database.ts';
import { startSuite } from '#test/store/suite/start.ts';

describe('the store at start and at rest, on the embedded database', () => startSuite(onEmbedded));
