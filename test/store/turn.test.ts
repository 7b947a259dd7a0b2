// Turns on the embedded database.
import { describe } from 'vitest';
import { onEmbedded } from '#test/store/database.ts';
import { turnSuite } from '#test/store/suite/turn.ts';

describe('a turn on the embedded database', () => turnSuite(onEmbedded));
