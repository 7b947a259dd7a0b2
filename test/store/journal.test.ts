// The journal on the embedded database.
import { describe } from 'vitest';
import { onEmbedded } from '#test/store/database.ts';
import { journalSuite } from '#test/store/suite/journal.ts';

describe('the journal, on the embedded database', () => journalSuite(onEmbedded));
