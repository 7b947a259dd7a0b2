// The outbox on the embedded database.
import { describe } from 'vitest';
import { onEmbedded } from '#test/store/database.ts';
import { outboxSuite } from '#test/store/suite/outbox.ts';

describe('the outbox, on the embedded database', () => outboxSuite(onEmbedded));
